import { z } from 'zod'
import { specCoverageSchema } from '../record/coverage-file.ts'
import type { SpecCoverage } from '../spec/coverage/report.ts'
import { isJudged, isRed, verdicts } from '../model/verdict.ts'
import { causesOf, type Cause } from '../vitest/causes.ts'
import { claimCoverage } from '../vitest/claim-coverage.ts'
import type { CaseMeta } from '../vitest/meta.ts'
import type { VisitEnd } from '../vitest/visiting.ts'
import { fixedIn } from '../vitest/keep-findings.ts'
import { countVerdicts } from '../vitest/summary.ts'

const finding = z.strictObject({
  code: z.string().meta({ description: 'stable; each has a section in docs/findings.md' }),
  class: z.enum(['provider', 'document']).meta({
    description: 'document: the document leaves out what its clients have to expect',
  }),
  summary: z.string(),
  subjects: z
    .array(z.string())
    .min(1)
    .meta({ description: 'all operations, interactions or claims that it touches' }),
  where: z.strictObject({
    file: z.string(),
    line: z.int(),
    column: z.int().optional(),
    pointer: z.string().optional(),
  }),
  expected: z.string(),
  actual: z.string(),
  consumer: z.string().optional().meta({ description: 'whose contract asks for it' }),
  spec: z
    .string()
    .optional()
    .meta({ description: 'what the spec says about the part that a contract asks for' }),
  clause: z.string().optional(),
  before: z
    .array(z.string())
    .meta({ description: 'lines for a shell, in their order: what the curl line needs' }),
  curl: z.string().optional().meta({ description: 'a line for a shell that shows it' }),
  smallest: z.boolean().meta({
    description: 'before and curl are as little as was found to show it, each on a fresh testbed',
  }),
  known: z
    .strictObject({ because: z.string(), until: z.string() })
    .optional()
    .meta({ description: 'why it is accepted, and the last day of that; it is not red' }),
  confirmed: z.boolean().meta({ description: 'seen again on a fresh testbed' }),
  cases: z
    .array(
      z.strictObject({
        case: z.string().meta({ description: 'the id for verify --case' }),
        name: z.string(),
      }),
    )
    .min(1)
    .meta({ description: 'in which it was seen' }),
})

const unresolved = z.strictObject({
  case: z.string(),
  name: z.string(),
  verdict: z.enum(verdicts),
  reason: z.string(),
  fix: z.string().optional(),
})

const drill = z.strictObject({
  case: z.string(),
  name: z.string(),
  verdict: z.enum(verdicts),
  symptomMilliseconds: z
    .number()
    .optional()
    .meta({ description: 'from putting the fault until the named step broke' }),
  recoveryMilliseconds: z.number().optional().meta({
    description: "from the fault's end, or the solution's beginning, until the step held again",
  }),
})

const claims = z.strictObject({
  claims: z.int().meta({ description: 'steps, drills, and claims outside of scenarios' }),
  proved: z.int(),
  red: z.int(),
  unimplemented: z.int().meta({ description: 'nothing stands under them that could run' }),
  byHand: z.int(),
})

/** What `proofbook verify --json` prints. */
export const reportSchema = z.strictObject({
  schemaVersion: z.literal(2),
  verdict: z
    .enum(['verified', 'failed', 'nothing-judged', 'aborted'])
    .meta({ description: 'failed: something is red; nothing-judged: nothing red, nothing asked' }),
  cases: z.partialRecord(z.enum(verdicts), z.int()),
  findings: z.array(finding).meta({
    description:
      'each cause once: faults of the provider first, then those of the document, then what is known',
  }),
  fixed: z
    .array(z.strictObject({ code: z.string(), subject: z.string(), pointer: z.string() }))
    .meta({ description: 'what is known and not there any more: its very request passed' }),
  unresolved: z
    .array(unresolved)
    .meta({ description: 'cases that are not verified and have no finding, each with its reason' }),
  drills: z.array(drill).meta({ description: 'what was measured of each drill' }),
  coverage: z
    .array(
      specCoverageSchema.extend({
        notListed: z
          .int()
          .meta({ description: 'how many more there are: proofbook coverage --json' }),
      }),
    )
    .meta({ description: 'what of each spec was reached, and what not, with the reason' }),
  claims: claims.optional().meta({ description: 'how much of what guides claim was proved' }),
  notChecked: z
    .array(z.strictObject({ case: z.string(), name: z.string(), reason: z.string() }))
    .meta({ description: 'what cases that are judged could not look at, in words' }),
  environment: z
    .string()
    .optional()
    .meta({ description: 'with --url: how the environment went away, which ended the run' }),
  leftBehind: z
    .array(z.strictObject({ by: z.string(), address: z.string(), why: z.string() }))
    .meta({ description: 'with --allow-writes: what was made and could not be taken away' }),
  error: z.string().optional().meta({ description: 'why no run took place' }),
  requests: z.int().meta({ description: 'requests that Proofbook sent and recorded' }),
  seconds: z.number(),
  seed: z.int(),
})

/** The object that `proofbook verify --json` prints; `docs/verify.schema.json` is its schema. */
export type Report = z.output<typeof reportSchema>

/** What a run came to, and what it was. */
export interface ReportInput {
  readonly cases: readonly CaseMeta[]
  readonly coverage?: readonly SpecCoverage[]
  readonly visit?: VisitEnd
  readonly status: number
  readonly seconds: number
  readonly seed: number
  readonly error?: string
}

const overall = (status: number): Report['verdict'] => {
  if (status === 0) return 'verified'
  if (status === 2) return 'nothing-judged'
  return status === 130 ? 'aborted' : 'failed'
}

const findingOf = ({ finding, curls, subjects, cases }: Cause): Report['findings'][number] => {
  const { code, summary, place, expected, actual, consumer, spec, clause, confirmed } = finding
  const curl = curls.at(-1)
  return {
    code,
    class: finding.class ?? 'provider',
    summary,
    subjects: [...subjects],
    where: place,
    expected,
    actual,
    ...(consumer === undefined ? {} : { consumer }),
    ...(spec === undefined ? {} : { spec }),
    ...(clause === undefined ? {} : { clause }),
    before: curls.slice(0, -1),
    ...(curl === undefined ? {} : { curl }),
    smallest: finding.recipe !== undefined,
    ...(finding.known === undefined ? {} : { known: finding.known }),
    confirmed,
    cases: cases.map(({ id, name }) => ({ case: id, name })),
  }
}

const needsReason = ({ verdict, findings }: CaseMeta): boolean =>
  findings.length === 0 && (isRed(verdict) || !isJudged(verdict))

const claimsOf = (cases: readonly CaseMeta[]): Pick<Report, 'claims'> => {
  const coverage = claimCoverage(cases)
  return coverage === undefined ? {} : { claims: coverage }
}

/** A document of thousands of operations must not fill a machine's memory. */
const listedMax = 1000

const listed = (one: SpecCoverage): Report['coverage'][number] => ({
  ...one,
  notReached: one.notReached.slice(0, listedMax),
  notListed: Math.max(0, one.notReached.length - listedMax),
})

/** Puts a run into the form that machines read. Everything in it was masked before. */
export const reportOf = ({
  cases,
  coverage = [],
  visit,
  status,
  seconds,
  seed,
  error,
}: ReportInput): Report => ({
  schemaVersion: 2,
  verdict: overall(status),
  cases: countVerdicts(cases),
  findings: causesOf(cases).map(findingOf),
  fixed: fixedIn(cases).map(({ code, subject, pointer }) => ({ code, subject, pointer })),
  unresolved: cases.filter(needsReason).map(({ id, name, verdict, reason, fix }) => ({
    case: id,
    name,
    verdict,
    reason: reason ?? '',
    ...(fix === undefined ? {} : { fix }),
  })),
  drills: cases
    .filter(({ kind }) => kind === 'drill')
    .map(({ id, name, verdict, times }) => ({ case: id, name, verdict, ...times })),
  coverage: coverage.map(listed),
  ...claimsOf(cases),
  notChecked: cases
    .filter(({ kind }) => kind === 'cross-check')
    .flatMap(({ id, name, verdict, reason }) =>
      isJudged(verdict) && reason !== undefined ? [{ case: id, name, reason }] : [],
    ),
  ...(visit?.environment === undefined ? {} : { environment: visit.environment }),
  leftBehind: [...(visit?.leftBehind ?? [])],
  ...(error === undefined ? {} : { error }),
  requests: cases.reduce((sum, { requests }) => sum + requests, 0),
  seconds,
  seed,
})
