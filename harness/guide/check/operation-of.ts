import type { KnownOperation } from './known.ts'

const isHole = (segment: string): boolean => /[{}]|^:/.test(segment)

/** Whether a template and a path, which may have holes of its own, can mean the same. */
export const fits = (template: string, path: string): boolean => {
  const [a, b] = [template, path].map((one) => one.replace(/\/$/, '').split('/'))
  return (
    a?.length === b?.length &&
    (a ?? []).every((segment, index) => {
      const other = b?.[index] ?? ''
      return segment === other || (isHole(segment) && other !== '')
    })
  )
}

/** The operation that a method and a path mean. */
export const operationOf = (
  operations: readonly KnownOperation[],
  method: string,
  target: string,
): KnownOperation | undefined => {
  const path = target.replace(/[?#].*$/s, '')
  return operations.find((one) => one.method === method && fits(one.path, path))
}
