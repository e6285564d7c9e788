import type { Operation } from '../types.ts'

/** Which operations are asked, by pattern. */
export interface Selection {
  readonly include?: readonly string[]
  readonly exclude?: readonly string[]
}

const regexOf = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
      .join('.*')}$`,
    'i',
  )

const matches = ({ method, path, operationId }: Operation, pattern: string): boolean => {
  const regex = regexOf(pattern.trim())
  return [`${method} ${path}`, path, operationId ?? ''].some((name) => regex.test(name))
}

/**
 * Whether an operation is selected. A pattern is a method and a path, a path, or an operationId;
 * `*` stands for anything.
 *
 * @example
 * isSelected(operation, { include: ['GET *'], exclude: ['/admin/*'] })
 */
export const isSelected = (
  operation: Operation,
  { include = [], exclude = [] }: Selection,
): boolean =>
  (include.length === 0 || include.some((pattern) => matches(operation, pattern))) &&
  !exclude.some((pattern) => matches(operation, pattern))
