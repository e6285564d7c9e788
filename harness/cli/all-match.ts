import { nearest } from '../model/nearest.ts'
import { UserError, type UserErrorParts } from '../model/user-error.ts'
import { isSelected } from '../spec/plan/select.ts'
import { readSpec } from '../spec/read/read-spec.ts'
import type { Operation } from '../spec/types.ts'

/** What was said of operations and parameters on the command line. */
interface Patterns {
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  readonly example: readonly string[]
}

const namesOf = ({ method, path, operationId }: Operation): readonly string[] => [
  `${method} ${path}`,
  path,
  ...(operationId === undefined ? [] : [operationId]),
]

const unmatched = (
  option: 'include' | 'exclude',
  patterns: readonly string[],
  operations: readonly Operation[],
): readonly UserErrorParts[] =>
  patterns
    .filter((pattern) => !operations.some((one) => isSelected(one, { include: [pattern] })))
    .map((pattern) => {
      const meant = nearest(pattern, operations.flatMap(namesOf))
      return {
        problem: `--${option} ${pattern} matches no operation`,
        expected: 'a method and a path, a path, or an operationId, with * for anything',
        fix:
          meant === undefined
            ? `name one that there is, as ${operations
                .slice(0, 3)
                .map((one) => `'${one.method} ${one.path}'`)
                .join(' or ')}`
            : `--${option} '${meant}'`,
      }
    })

const unknown = (
  examples: readonly string[],
  operations: readonly Operation[],
): readonly UserErrorParts[] => {
  const names = new Set(operations.flatMap(({ parameters }) => parameters.map(({ name }) => name)))
  return examples
    .map((one) => one.slice(0, one.indexOf('=')))
    .filter((name) => !names.has(name))
    .map((name) => {
      const meant = nearest(name, names)
      return {
        problem: `--example ${name}=… names no parameter of any operation`,
        expected: 'the name of a parameter, as the document writes it',
        fix: meant === undefined ? 'leave it out' : `--example ${meant}=…`,
      }
    })
}

/**
 * Makes sure that each pattern and each example is about something: a mistyped one would leave
 * everything out, or nothing, without a word.
 *
 * Throws a `UserError` that lists all that are not, each with the nearest right name.
 */
export const allMatch = async (
  root: string,
  specs: readonly string[],
  { include, exclude, example }: Patterns,
): Promise<void> => {
  if (include.length + exclude.length + example.length === 0) return
  const operations: Operation[] = []
  for (const file of specs) {
    // A document that cannot be read is a red case of its own, and nothing can be said of patterns.
    const spec = await readSpec({ root, file }).catch(() => undefined)
    if (spec === undefined) return
    operations.push(...spec.operations)
  }
  const [first, ...others] = [
    ...unmatched('include', include, operations),
    ...unmatched('exclude', exclude, operations),
    ...unknown(example, operations),
  ]
  if (first !== undefined) throw new UserError(first, others)
}
