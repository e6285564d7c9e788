/** One step of a JSON path: a key, an index, or any of them. */
export type PathStep = string | number

/** The step that stands for any key or index. */
export const anyStep = '*'

const step = /\.([^.[\]]+)|\[(\d+)\]|\[\*\]|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]/gy

/**
 * The steps of a path as Pact writes it, after its `$`. What cannot be understood ends it: the
 * steps up to there lead to the nearest place that is known.
 *
 * @example
 * pathSteps("$.lines[0]['unit price']") // ['lines', 0, 'unit price']
 */
export const pathSteps = (path: string): readonly PathStep[] =>
  [...path.replace(/^\$/, '').matchAll(step)].map(([, dotted, index, single, double]) =>
    index === undefined ? (dotted ?? single ?? double ?? anyStep) : Number(index),
  )

/**
 * A path of these steps, as Pact writes it.
 *
 * @example
 * formatPath(['lines', 0, 'unit price']) // "$.lines[0]['unit price']"
 */
export const formatPath = (steps: readonly PathStep[]): string =>
  steps.reduce<string>(
    (path, key) =>
      typeof key === 'number'
        ? `${path}[${key}]`
        : /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(key)
          ? `${path}.${key}`
          : `${path}['${key}']`,
    '$',
  )

/**
 * Whether a rule's path speaks of this path or of something around it: rules hold for all that is
 * below them until a longer one says otherwise.
 */
export const covers = (rule: readonly PathStep[], path: readonly PathStep[]): boolean =>
  rule.length <= path.length &&
  rule.every((key, index) => key === anyStep || String(key) === String(path[index]))
