import type { ListItem } from 'mdast'
import { visit } from 'unist-util-visit'
import type { Comparison, Span } from '../facts/comparison.ts'
import { toldBy } from '../facts/templates.ts'
import { without } from '../facts/without.ts'
import { withoutProved } from '../read/proved-blocks.ts'
import { compareAddresses } from './addresses.ts'
import { compareDefaults } from './defaults.ts'
import { compareEndpoints } from './endpoints.ts'
import type { Known, KnownFacts } from './known.ts'
import { compareLimits } from './limits.ts'
import { compareLinks, linkedFiles, type LinkTargets } from './links.ts'
import { readPage, type Page } from './page.ts'
import { compareSamples } from './samples.ts'
import { compareSettings } from './settings.ts'
import { compareStatuses } from './statuses.ts'
import { compareValues } from './values.ts'

/** An item of a list or a row of a table, and what it says beside the rest of the system. */
export interface ComparedClaim {
  readonly line: number
  readonly lastLine: number
  readonly comparisons: readonly Comparison[]
  /** It says nothing but facts, and each was held to something that could have said otherwise. */
  readonly whole: boolean
}

/** What a page says, beside the config, the specs and the files that say it too. */
export interface ComparedPage {
  readonly comparisons: readonly Comparison[]
  readonly claims: readonly ComparedClaim[]
}

/** Words that only join facts. */
const joining = /^(?:[\s*_`|,;:.()·&/+-]|\b(?:and|or|the|a|an|is|are)\b)*$/i
const label =
  /^\s*(?:[-*+]|\d+[.)])\s+(?:(?:\*\*|__)[^*_]{1,40}(?:\*\*|__)\s*:?|[^:`|]{1,40}:(?=\s))?/

const isWhole = (text: string, from: number, spans: readonly Span[]): boolean => {
  const words = text.replace(label, (head) => ' '.repeat(head.length))
  return spans.length > 0 && joining.test(without(words, from, spans))
}

const claimsOf = ({ text, tree, tables, source }: Page, all: readonly Comparison[]) => {
  const claim = (span: Span, mayHold: boolean): ComparedClaim => {
    const within = all.filter((one) => one.span.from >= span.from && one.span.to <= span.to)
    // That a link leads somewhere says nothing of what it is put there for.
    const facts = within.filter(({ code }) => code !== 'page-link')
    const agreed = facts.filter(({ came }) => came === 'agrees')
    const whole =
      mayHold &&
      facts.every(({ came, code }) => came === 'agrees' || code === 'page-setting') &&
      isWhole(
        text.slice(span.from, span.to),
        span.from,
        agreed.map((one) => one.span),
      )
    return {
      line: source.placeAt(span.from).line,
      lastLine: source.placeAt(span.to).line,
      comparisons: within,
      whole,
    }
  }
  const claims: ComparedClaim[] = []
  visit(tree, 'listItem', ({ position, checked, children }: ListItem) => {
    const from = position?.start.offset ?? 0
    const simple = children.length === 1 && children[0]?.type === 'paragraph'
    // What somebody is to tick off is for somebody to see.
    const mayHold = simple && typeof checked !== 'boolean'
    claims.push(claim({ from, to: position?.end.offset ?? from }, mayHold))
  })
  for (const { rows } of tables) for (const row of rows) claims.push(claim(row, true))
  return claims
}

/**
 * Holds what a page says to whatever else says it: the config and the specs of its integrations, and the
 * files that it links to. Nothing is run.
 *
 * @example
 * (await comparePage('guides/orders.md', text, facts, targets)).comparisons.filter(({ came }) => came === 'differs')
 */
export const comparePage = async (
  file: string,
  text: string,
  facts: readonly KnownFacts[],
  targets: LinkTargets,
): Promise<ComparedPage> => {
  const page = readPage(file, withoutProved(text))
  const linked = await Promise.all(
    linkedFiles(page).map(async (one) => toldBy(one, await targets.read(one).catch(() => ''))),
  )
  const known: Known = { facts, told: linked.flat() }
  const comparisons =
    facts.length === 0
      ? await compareLinks(page, targets)
      : [
          ...compareSettings(page, known),
          ...compareValues(page, known),
          ...compareDefaults(page, known),
          ...compareLimits(page, known),
          ...compareEndpoints(page, known),
          ...compareStatuses(page, known),
          ...compareAddresses(page, known),
          ...(await compareSamples(page, known)),
          ...(await compareLinks(page, targets)),
        ]
  return { comparisons, claims: claimsOf(page, comparisons) }
}
