import { readGuide } from '../read/read-guide.ts'
import type { Guide } from '../types.ts'
import { comparePage } from './compare-page.ts'
import { doubtOf, type Doubt } from './doubt.ts'
import { checkExchanges } from './exchanges.ts'
import type { KnownFacts } from './known.ts'
import type { LinkTargets } from './links.ts'
import { checkParts } from './parts.ts'

const problemsOf = ({ problems }: Guide): readonly Doubt[] =>
  problems.map(({ severity, parts }) => ({
    severity: severity === 'error' ? 'wrong' : 'note',
    parts,
  }))

/**
 * What is wrong with a page by what its text, the config, the specs and the files say, without
 * running anything, in the order of the page. `factsOf` tells what is known of an integration.
 *
 * @example
 * const doubts = await checkGuide('guides/orders.md', text, factsOf, targets)
 */
export const checkGuide = async (
  file: string,
  text: string,
  factsOf: (guide: Guide) => Promise<readonly KnownFacts[]>,
  targets: LinkTargets,
): Promise<{ readonly guide: Guide; readonly doubts: readonly Doubt[] }> => {
  const page = text.replace(/^\uFEFF/, '')
  const guide = readGuide(file, page)
  const facts = await factsOf(guide)
  const [first, ...others] = facts
  const { comparisons } = await comparePage(file, page, facts, targets)
  const doubts = [
    ...problemsOf(guide),
    ...comparisons.flatMap(doubtOf),
    ...(first === undefined
      ? []
      : [...checkExchanges(guide, facts), ...checkParts(guide, [first, ...others])]),
  ]
  return {
    guide,
    doubts: doubts.toSorted(
      (a, b) =>
        a.parts.place.line - b.parts.place.line ||
        (a.parts.place.column ?? 0) - (b.parts.place.column ?? 0),
    ),
  }
}
