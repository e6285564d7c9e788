import { loadConfig } from '../config/load.ts'
import { counted } from '../model/counted.ts'
import type { KnownFinding } from '../model/known.ts'
import { isExpired } from '../model/known.ts'
import { nearest } from '../model/nearest.ts'
import type { Recipe } from '../model/recipe.ts'
import { UserError } from '../model/user-error.ts'
import {
  isDay,
  readBaseline,
  readBaselineIfAny,
  usualBaseline,
  writeBaseline,
} from '../record/baseline.ts'
import { lastFindingsFile, readLastFindings, type LastFindings } from '../record/last-findings.ts'

/** What `proofbook accept` is given. */
export interface AcceptOptions {
  readonly because?: string
  readonly until?: string
  readonly baseline?: string
  readonly prune?: boolean
}

type Identity = LastFindings['fixed'][number]

const keyOf = ({ integration, code, subject, file, pointer, aspect }: Identity): string =>
  JSON.stringify([integration, code, subject, file, pointer, aspect])

const acceptanceOf = (
  { because, until }: AcceptOptions,
  now: Date,
): Pick<KnownFinding, 'because' | 'until'> => {
  if (because === undefined || because.trim() === '')
    throw new UserError({
      problem: 'nothing says why the findings are accepted',
      fix: "--because 'billing is being replaced, BILL-17'",
    })
  if (until === undefined || !isDay(until))
    throw new UserError({
      problem: until === undefined ? 'nothing says until when' : `--until ${until} is no day`,
      expected: 'YYYY-MM-DD, the last day on which they are known',
      fix: '--until 2026-12-31',
    })
  if (isExpired({ because, until }, now))
    throw new UserError({ problem: `--until ${until} is over already`, expected: 'a day to come' })
  return { because, until }
}

/**
 * The findings of a run that are to be accepted: all, or those of these codes. Pure.
 *
 * Throws a `UserError` where there is none.
 */
const accepted = (
  { findings, seed }: LastFindings,
  codes: readonly string[],
  acceptance: Pick<KnownFinding, 'because' | 'until'>,
): readonly KnownFinding[] => {
  const there = new Set(findings.map(({ code }) => code))
  const place = { file: lastFindingsFile }
  if (there.size === 0)
    throw new UserError({
      problem: 'the last run found nothing about an operation that could be accepted',
      place,
      expected: 'findings of specs: contracts have "pending", and guides are corrected',
    })
  const missing = codes.filter((code) => !there.has(code))
  if (missing.length > 0) {
    const meant = nearest(missing[0] ?? '', there)
    throw new UserError({
      problem: `the last run found no ${missing.join(', ')}`,
      place,
      expected: `one of ${[...there].join(', ')}`,
      ...(meant === undefined ? {} : { fix: `name ${meant}` }),
    })
  }
  return findings
    .filter(({ code }) => codes.length === 0 || codes.includes(code))
    .map(({ integration, code, subject, spec, file, pointer, aspect, case: id, recipe }) => ({
      integration,
      code,
      subject,
      spec,
      file,
      pointer,
      ...(aspect === undefined ? {} : { aspect }),
      ...acceptance,
      case: id,
      seed,
      // What zod makes of a recipe is one, though its purpose is known only to the plan.
      ...(recipe === undefined ? {} : { recipe: recipe as Recipe }),
    }))
}

const wordsOf = ({ code, subject, file, pointer }: Identity): string =>
  `${code}  ${subject}  ${file}${pointer}`

const print = (lines: readonly string[]): void => {
  process.stdout.write(`${lines.map((line) => ` ${line}`).join('\n')}\n`)
}

const prune = async (root: string, file: string): Promise<void> => {
  const { fixed } = await readLastFindings(root)
  const known = await readBaseline(root, file)
  const keys = new Set(fixed.map(keyOf))
  const gone = known.filter((one) => keys.has(keyOf(one)))
  if (gone.length > 0)
    await writeBaseline(
      root,
      file,
      known.filter((one) => !gone.includes(one)),
    )
  print([
    ...gone.map((one) => `removed   ${wordsOf(one)}`),
    `${counted(gone.length, 'finding')} fixed, ${known.length - gone.length} known in ${file}`,
  ])
}

const fileOf = async (root: string, { baseline }: AcceptOptions): Promise<string> => {
  if (baseline !== undefined) return baseline
  // Against a URL there is no configuration, and none is needed.
  const loaded = await loadConfig(root).catch(() => undefined)
  return loaded?.config.baseline ?? usualBaseline
}

/** `proofbook accept`: what the last run found about operations is known until a day. */
export const accept = async (codes: readonly string[], options: AcceptOptions): Promise<void> => {
  const root = process.cwd()
  const file = await fileOf(root, options)
  if (options.prune === true) return prune(root, file)
  const acceptance = acceptanceOf(options, new Date())
  const fresh = accepted(await readLastFindings(root), codes, acceptance)
  const keys = new Set(fresh.map(keyOf))
  const others = (await readBaselineIfAny(root, file)).filter((one) => !keys.has(keyOf(one)))
  await writeBaseline(root, file, [...others, ...fresh])
  print([
    ...fresh.map((one) => `known     ${wordsOf(one)}`),
    `${counted(fresh.length, 'finding')} known until ${acceptance.until}, in ${file}`,
  ])
}
