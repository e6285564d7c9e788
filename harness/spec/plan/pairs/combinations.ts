import type { Breach } from '../../types.ts'
import type { Draft } from '../draft.ts'
import type { Session } from '../state/session.ts'
import type { Variant } from '../variants.ts'
import { covering } from './covering.ts'
import { factorsOf, isValid, type Level } from './factors.ts'

/** What variants of this kind are about. */
export const pairRule = 'pair'

const rowsMax = 30

/** More is not read. */
const wordsMax = 160

const wordsOf = (levels: readonly Level[]): string => {
  const text = levels
    .map(({ words }) => words)
    .filter((words) => !words.endsWith(' as usual'))
    .join(', ')
  return text.length <= wordsMax ? text : `${text.slice(0, wordsMax - 1)}…`
}

const breach: Breach = { part: 'body' }

/**
 * Valid requests in which the parts that may be in several ways meet each other in all of them, two
 * at a time: nothing optional, everything, and each pair. What the schema does not allow together is
 * left out. None where there are no two such parts.
 */
export const combinations = (session: Session, draft: Draft): readonly Variant[] => {
  const factors = factorsOf(session, draft)
  if (factors.length < 2) return []
  const sizes = factors.map((factor) => factor.length)
  return covering(sizes, rowsMax)
    .map((row) => row.flatMap((level, index) => factors[index]?.[level] ?? []))
    .map((levels): Variant => ({
      words: `together: ${wordsOf(levels)}`,
      part: 'together',
      rule: pairRule,
      value: levels.map(({ words }) => words),
      breach,
      apply: (one) => levels.reduce((result, level) => level.apply(result), one),
    }))
    .filter((variant) => isValid(session, variant.apply(draft)))
}
