/**
 * A place in one of the user's files.
 *
 * `file` is relative to the project's root, with forward slashes. `line` and `column` count from 1.
 * `pointer` is a JSON Pointer (RFC 6901) where the file is JSON or YAML.
 *
 * @example
 * const place: Place = { file: 'contracts/web-orders.json', line: 12, column: 5, pointer: '/interactions/0' }
 */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column?: number
  readonly pointer?: string
}

/**
 * A place as editors and terminals understand it: `file:line:column`.
 *
 * @example
 * formatPlace({ file: 'guides/orders.md', line: 14, column: 3 }) // 'guides/orders.md:14:3'
 */
export const formatPlace = ({ file, line, column }: Place): string =>
  column === undefined ? `${file}:${line}` : `${file}:${line}:${column}`
