import type { Difference } from '../contract/consumers/differences.ts'
import type { ContractOutcome, Unsteady } from '../contract/consumers/outcome.ts'
import { shownName } from '../contract/shown-name.ts'

const shownMax = 5

const valueText = (value: unknown): string => {
  if (value === undefined) return '(absent)'
  const text = shownName(JSON.stringify(value))
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

const differenceLines = (all: readonly Difference[], arrow: string): readonly string[] => [
  ...all.slice(0, shownMax).map(({ interaction, path, before, after }) => {
    const where = interaction === undefined ? '' : `"${shownName(interaction)}" `
    return `    ${where}${path}: ${valueText(before)} ${arrow} ${valueText(after)}`
  }),
  ...(all.length > shownMax ? [`    and ${all.length - shownMax} places more`] : []),
]

/**
 * Says of a contract that two runs wrote differently where it differs, and what to do. Pure.
 *
 * @example
 * unsteadyText('contracts', { name: 'web-orders.json', differences })
 */
export const unsteadyText = (folder: string, { name, onlyIn, differences }: Unsteady): string =>
  [
    `${folder}/${name}: two runs of the consumer tests wrote different contracts`,
    ...(onlyIn === undefined
      ? differenceLines(differences, 'and')
      : [`    the ${onlyIn} run alone wrote it`]),
    '  expected: the same contract from the same tests, whatever the hour and the luck',
    '  fix: give the example a fixed value, and match its form: datetime(…), uuid(…), integer(…)',
  ].join('\n')

const words = {
  new: 'written     ',
  changed: 'written     ',
  unchanged: 'unchanged   ',
  'not-written': 'not written ',
} as const

const checkWords = { ...words, new: 'missing     ', changed: 'stale       ' } as const

/** A line for each contract, and what changed in it. Pure. */
export const outcomesText = (
  folder: string,
  outcomes: readonly ContractOutcome[],
  check: boolean,
): string =>
  outcomes
    .flatMap(({ name, kind, differences }) => [
      ` ${(check ? checkWords : words)[kind]}${folder}/${name}${kind === 'not-written' ? ': no consumer test here writes it; it comes from elsewhere, or it is stale' : ''}`,
      ...differenceLines(differences, '→'),
    ])
    .map((line) => `${line}\n`)
    .join('')
