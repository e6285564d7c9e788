/**
 * Where the types of a document stand: beside it.
 *
 * @example
 * typesFile('specs/orders.openapi.yaml') // 'specs/orders.openapi.d.ts'
 */
export const typesFile = (spec: string): string => spec.replace(/\.[^.]+$/, '.d.ts')
