import type { DocumentedResponse, Operation, Spec } from '../spec/types.ts'

const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

const patternOf = (template: string): RegExp =>
  new RegExp(
    `^${template
      .split(/(\{[^}]*\})/)
      .map((part) => (part.startsWith('{') ? '[^/]+' : literal(part)))
      .join('')}$`,
  )

/** Characters of a template that are not a parameter: a path that is written out beats one that is not. */
const literals = (template: string): number => template.replaceAll(/\{[^}]*\}/g, '').length

/** A contract's path with or without the base path that the document's server has. */
const pathsOf = (path: string, basePath: string): readonly string[] =>
  basePath !== '' && (path === basePath || path.startsWith(`${basePath}/`))
    ? [path.slice(basePath.length), path]
    : [path]

/**
 * The operation that a request of a contract asks for: of those whose template fits the path, the one
 * with most of it written out (OpenAPI 3.1, 4.8.8).
 *
 * @example
 * matchOperation(spec, 'GET', '/orders/1')?.path // '/orders/{orderId}'
 */
export const matchOperation = (
  { operations }: Pick<Spec, 'operations'>,
  method: string,
  path: string,
): Operation | undefined => {
  const fitting = operations.filter(
    (operation) =>
      operation.method === method.toUpperCase() &&
      pathsOf(path, operation.basePath).some((one) => patternOf(operation.path).test(one)),
  )
  return fitting.toSorted((a, b) => literals(b.path) - literals(a.path))[0]
}

/**
 * What an operation says of a status: by the status itself, by its class, else by `default`
 * (OpenAPI 3.1, 4.8.16).
 *
 * @example
 * responseFor(operation, 404)?.status // '4XX'
 */
export const responseFor = (
  { responses }: Pick<Operation, 'responses'>,
  status: number,
): DocumentedResponse | undefined => {
  const named = (wanted: string): DocumentedResponse | undefined =>
    responses.find((response) => response.status.toUpperCase() === wanted)
  return named(String(status)) ?? named(`${Math.floor(status / 100)}XX`) ?? named('DEFAULT')
}
