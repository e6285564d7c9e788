import { z } from 'zod'
import { isJudged, isRed, verdicts } from '../model/verdict.ts'
import type { CaseMeta } from '../vitest/meta.ts'
import { countVerdicts } from '../vitest/summary.ts'

const finding = z.strictObject({
  code: z.string().meta({ description: 'stable; each has a section in docs/findings.md' }),
  summary: z.string(),
  subject: z.string().meta({ description: 'the operation, interaction or claim' }),
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
  cause: z.string().optional(),
  curl: z.string().optional(),
  confirmed: z.boolean().meta({ description: 'seen again on a fresh testbed' }),
  case: z.string().meta({ description: 'the id for verify --case' }),
  name: z.string().meta({ description: 'the name of the case' }),
})

const unresolved = z.strictObject({
  case: z.string(),
  name: z.string(),
  verdict: z.enum(verdicts),
  reason: z.string(),
  fix: z.string().optional(),
})

/** What `proofbook verify --json` prints. */
export const reportSchema = z.strictObject({
  schemaVersion: z.literal(1),
  verdict: z
    .enum(['verified', 'failed', 'nothing-judged', 'aborted'])
    .meta({ description: 'failed: something is red; nothing-judged: nothing red, nothing asked' }),
  cases: z.partialRecord(z.enum(verdicts), z.int()),
  findings: z.array(finding),
  unresolved: z
    .array(unresolved)
    .meta({ description: 'cases that are not verified and have no finding, each with its reason' }),
  notChecked: z
    .array(z.strictObject({ case: z.string(), name: z.string(), reason: z.string() }))
    .meta({ description: 'what cases that are judged could not look at, in words' }),
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

const findingsOf = (one: CaseMeta): Report['findings'] =>
  one.findings.map(
    (
      { place, code, summary, subject, expected, actual, consumer, spec, clause, cause, confirmed },
      index,
    ) => {
      const curl = one.curls[index] ?? undefined
      return {
        code,
        summary,
        subject,
        where: place,
        expected,
        actual,
        ...(consumer === undefined ? {} : { consumer }),
        ...(spec === undefined ? {} : { spec }),
        ...(clause === undefined ? {} : { clause }),
        ...(cause === undefined ? {} : { cause }),
        ...(curl === undefined ? {} : { curl }),
        confirmed,
        case: one.id,
        name: one.name,
      }
    },
  )

const needsReason = ({ verdict, findings }: CaseMeta): boolean =>
  findings.length === 0 && (isRed(verdict) || !isJudged(verdict))

/** Puts a run into the form that machines read. Everything in it was masked before. */
export const reportOf = ({ cases, status, seconds, seed, error }: ReportInput): Report => ({
  schemaVersion: 1,
  verdict: overall(status),
  cases: countVerdicts(cases),
  findings: cases.flatMap(findingsOf),
  unresolved: cases.filter(needsReason).map(({ id, name, verdict, reason, fix }) => ({
    case: id,
    name,
    verdict,
    reason: reason ?? '',
    ...(fix === undefined ? {} : { fix }),
  })),
  notChecked: cases
    .filter(({ kind }) => kind === 'cross-check')
    .flatMap(({ id, name, verdict, reason }) =>
      isJudged(verdict) && reason !== undefined ? [{ case: id, name, reason }] : [],
    ),
  ...(error === undefined ? {} : { error }),
  requests: cases.reduce((sum, { requests }) => sum + requests, 0),
  seconds,
  seed,
})
