import type { Finding } from '../model/finding.ts'
import type { CaseKind } from '../model/test-case.ts'
import { isJudged, isRed, type Verdict, verdicts } from '../model/verdict.ts'
import type { CaseMeta } from './meta.ts'

/** How many cases of one kind of one integration came to which verdict. */
interface Tally {
  readonly integration: string
  readonly kind: CaseKind
  readonly total: number
  /** How many things the cases are about: several cases may ask one operation. */
  readonly subjects: number
  readonly verdicts: Readonly<Partial<Record<Verdict, number>>>
  /** Those that would be red, and are pending. */
  readonly pending: number
  /** Those that found only what is known. */
  readonly known: number
}

const kinds: readonly CaseKind[] = [
  'interaction',
  'cross-check',
  'operation',
  'sequence',
  'step',
  'drill',
  'claim',
]

/** How many cases came to which verdict. */
export const countVerdicts = (cases: readonly CaseMeta[]): Partial<Record<Verdict, number>> => {
  const counts: Partial<Record<Verdict, number>> = {}
  for (const { verdict } of cases) counts[verdict] = (counts[verdict] ?? 0) + 1
  return counts
}

/** An operation is one thing, however many techniques ask it. */
const subjectsOf = (kind: CaseKind, own: readonly CaseMeta[]): number =>
  kind === 'operation'
    ? new Set(own.map(({ name }) => name.slice(0, name.lastIndexOf(' › ')))).size
    : own.length

const isExcused = (one: CaseMeta): boolean => isRed(one.verdict) && !isRedCase(one)

/** Whether everything that a case found is known: then it is not red. */
export const isKnown = ({
  verdict,
  findings = [],
}: Pick<CaseMeta, 'verdict'> & {
  readonly findings?: readonly Pick<Finding, 'known'>[]
}): boolean =>
  verdict === 'failed' && findings.length > 0 && findings.every(({ known }) => known !== undefined)

/** Cases counted by integration and kind, in a stable order. */
const tally = (cases: readonly CaseMeta[]): readonly Tally[] => {
  const integrations = [...new Set(cases.map(({ integration }) => integration))].toSorted()
  return integrations.flatMap((integration) =>
    kinds.flatMap((kind) => {
      const own = cases.filter((one) => one.integration === integration && one.kind === kind)
      if (own.length === 0) return []
      return [
        {
          integration,
          kind,
          total: own.length,
          subjects: subjectsOf(kind, own),
          verdicts: countVerdicts(own),
          pending: own.filter((one) => isExcused(one) && !isKnown(one)).length,
          known: own.filter(isKnown).length,
        },
      ]
    }),
  )
}

const plural = (kind: CaseKind, total: number): string => (total === 1 ? kind : `${kind}s`)

/** What makes a run red: a judgement of what is pending does not, nor what is known. */
export const isRedCase = (one: Ending['cases'][number]): boolean =>
  isRed(one.verdict) && !(one.pending === true && isJudged(one.verdict)) && !isKnown(one)

/** The verdicts of a tally in words: `12 verified, 1 failed`. */
const verdictWords = ({ verdicts: counts, pending, known }: Tally): string =>
  [
    ...verdicts.flatMap((verdict) =>
      counts[verdict] === undefined ? [] : [`${counts[verdict]} ${verdict}`],
    ),
    ...(pending === 0 ? [] : [`${pending} of them pending, and so not red`]),
    ...(known === 0 ? [] : [`${known} of them known, and so not red`]),
  ].join(', ')

/** What stands in the place of an integration for a file that could not be used. */
const unbound = 'unusable'

/** The closing lines of a run, by integration. */
export const summaryLines = (cases: readonly CaseMeta[]): readonly string[] => {
  const tallies = tally(cases)
  const width =
    Math.max(0, ...tallies.map(({ integration }) => (integration || unbound).length)) + 2
  return tallies.map((one, index) => {
    const { integration, kind, total, subjects } = one
    const first = tallies[index - 1]?.integration !== integration
    const label = (first ? integration || unbound : '').padEnd(width)
    const cases = subjects === total ? '' : `${total} cases: `
    return `${label}${`${subjects} ${plural(kind, subjects)}`.padEnd(18)}${cases}${verdictWords(one)}`
  })
}

const uncheckedMax = 10

/**
 * What cross-checks that hold could not compare, in words: a reader must not take it for checked.
 * Those that do not hold say it in their own failures.
 */
export const uncheckedLines = (cases: readonly CaseMeta[]): readonly string[] => {
  const all = cases
    .filter(({ kind, verdict }) => kind === 'cross-check' && verdict === 'verified')
    .flatMap(({ name, reason }) =>
      (reason ?? '')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => `${name}: ${line.replace(/^Not/, 'not')}`),
    )
  const more = all.length - uncheckedMax
  return [
    ...all.slice(0, uncheckedMax),
    ...(more > 0 ? [`… and ${more} more that are not checked: see the evidence`] : []),
  ]
}

/** What an exit status is made from. */
export interface Ending {
  readonly interrupted: boolean
  /** Something outside of cases is red: a file that did not load, an error nobody caught. */
  readonly broken: boolean
  readonly cases: readonly (Pick<CaseMeta, 'verdict' | 'pending'> &
    Partial<Pick<CaseMeta, 'findings'>>)[]
}

/**
 * The exit status of a run: 130 interrupted; 1 something is red; 2 nothing is red but no case was
 * judged either, for what checked nothing must not look like what passed; else 0.
 *
 * @example
 * exitStatus({ interrupted: false, broken: false, cases: [] }) // 2
 */
export const exitStatus = ({ interrupted, broken, cases }: Ending): 0 | 1 | 2 | 130 => {
  if (interrupted) return 130
  if (broken || cases.some(isRedCase)) return 1
  return cases.some(({ verdict }) => isJudged(verdict)) ? 0 : 2
}
