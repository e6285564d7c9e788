import { identityOf, type Finding, type Judgement } from '../../model/finding.ts'
import type { HttpRequest } from '../../model/http.ts'
import { counted } from '../../model/counted.ts'
import type { TestCase } from '../../model/test-case.ts'
import { budgetFix } from '../budget-fix.ts'
import { checks, observationChecks } from '../checks/index.ts'
import { subjectOf, type FindingParts, type JudgedAnswer } from '../checks/check.ts'
import { inconclusive } from '../checks/inconclusive.ts'
import { clauseIn, type SpecCode } from '../codes.ts'
import type { Observation, Operation, OperationDetail, OperationSeen, Spec } from '../types.ts'
import { judgedAnswer } from './judged-answer.ts'

const findingOf = (
  code: SpecCode,
  { pointer, ...parts }: FindingParts,
  { operation, request }: { readonly operation: Operation; readonly request?: HttpRequest },
  spec: Spec,
): Finding => ({
  code,
  ...parts,
  subject: subjectOf(operation),
  place: spec.locate(pointer),
  clause: clauseIn(code, spec.version),
  ...(request === undefined ? {} : { request }),
  confirmed: false,
})

const ofAnswer = ({
  operation,
  exchange: { request },
}: JudgedAnswer): { readonly operation: Operation; readonly request: HttpRequest } => ({
  operation,
  request,
})

/** What the checks say of one answer; a question that an earlier one made moot is not asked. */
const findingsOf = (answer: JudgedAnswer, spec: Spec): readonly Finding[] => {
  const findings: Finding[] = []
  const found = new Set<SpecCode>()
  for (const rule of checks) {
    const { code, mootAfter } = rule
    if (mootAfter.some((earlier) => found.has(earlier))) continue
    for (const parts of rule.check(answer)) {
      found.add(code)
      findings.push(findingOf(code, parts, ofAnswer(answer), spec))
    }
  }
  return findings
}

/** Who was asked too often says nothing of what was asked. */
const isCutShort = ({ code, exchanges }: Observation): boolean =>
  code !== 'rate-limit-ignored' && exchanges.some(({ answer }) => answer?.status === 429)

/** What the check of an observation says of it. */
const observedFinding = (observation: Observation, spec: Spec): readonly Finding[] => {
  const { code, operation, exchanges } = observation
  const parts = observationChecks.find((check) => check.code === code)?.check(observation) ?? null
  const request = exchanges.at(-1)?.request
  const about = { operation, ...(request === undefined ? {} : { request }) }
  return parts === null || isCutShort(observation) ? [] : [findingOf(code, parts, about, spec)]
}

/** After these nobody wonders why there was no success; any other finding must not hide that. */
const explaining: ReadonlySet<string> = new Set([
  'no-answer',
  'truncated-answer',
  'server-error',
  'documented-server-error',
  'status-undocumented',
])

/** Each once; what holds at large is not said of one aspect once more. */
const distinct = (all: readonly Finding[]): Map<string, Finding> => {
  const findings = new Map<string, Finding>()
  for (const finding of all) {
    const key = identityOf(finding)
    if (!findings.has(key)) findings.set(key, finding)
  }
  for (const [key, { aspect, ...rest }] of findings)
    if (aspect !== undefined && findings.has(identityOf(rest))) findings.delete(key)
  return findings
}

const notesOf = (answers: readonly JudgedAnswer[]): readonly string[] => {
  const notes = answers.flatMap(({ answer, bodyVerdict, headers }) => [
    ...(answer?.truncated === true ? ['A body was too long to be judged.'] : []),
    ...(answer?.streamed === true
      ? ['A stream of events was read for a while, not to its end.']
      : []),
    ...(bodyVerdict?.doubtful ?? []),
    ...headers.flatMap(({ verdict }) => verdict.doubtful),
  ])
  return [...new Set(notes)]
}

/** Nothing that matters was asked yet: that is no fault of the provider's, and no proof either. */
const outOfBudget = (sent: number): Judgement => ({
  verdict: 'not-asked',
  findings: [],
  reason: `The budget was spent ${sent === 0 ? 'before it was asked' : `after ${counted(sent, 'request')}, before anything of it was shown`}.`,
  fix: budgetFix,
})

/**
 * Judges what a provider answered to the planned requests of an operation. Findings are not
 * confirmed: whoever repeats the case on a fresh testbed does that. What could not be judged with
 * certainty is said in the reason, and is no finding.
 *
 * @example
 * const { verdict, findings } = await judgeOperation(testCase, seen)
 */
export const judgeOperation = async (
  { detail }: TestCase<OperationDetail>,
  { exchanges, observations, isCut }: OperationSeen,
): Promise<Judgement> => {
  const { spec, operation, isCredentialLacking, technique } = detail
  if (exchanges.length === 0 && isCut === true) return outOfBudget(0)
  if (exchanges.length === 0) {
    return {
      verdict: 'blocked',
      findings: [],
      reason: 'No request was sent, so nothing was learned.',
    }
  }
  const answers: JudgedAnswer[] = []
  for (const exchange of exchanges) {
    const asked = exchange.planned.operation ?? operation
    // What made a state for others is judged where it is asked for its own sake.
    if (exchange.planned.intent?.kind === 'aside') continue
    if (asked === operation || technique === 'sequences')
      answers.push(await judgedAnswer(exchange, asked, spec))
  }
  const findings = distinct([
    ...answers.flatMap((answer) => findingsOf(answer, spec)),
    ...observations.flatMap((observation) => observedFinding(observation, spec)),
  ])
  const [first] = answers
  // What only made a state for others proves nothing of its own.
  const isAsked = exchanges.some(
    ({ planned }) => planned.intent?.kind !== 'setup' && planned.intent?.kind !== 'aside',
  )
  if (isCut === true && !isAsked && findings.size === 0) return outOfBudget(exchanges.length)
  const isExplained = [...findings.values()].some(({ code }) => explaining.has(code))
  const parts =
    isExplained || technique !== 'examples'
      ? null
      : inconclusive.check(answers, { isCredentialLacking })
  if (parts !== null && isCut === true && findings.size === 0) return outOfBudget(exchanges.length)
  if (parts !== null && isCut !== true && first !== undefined) {
    findings.set(inconclusive.code, findingOf(inconclusive.code, parts, ofAnswer(first), spec))
  }
  const notes = [
    ...notesOf(answers),
    ...(isCut === true
      ? [`The budget ended it after ${counted(exchanges.length, 'request')}.`]
      : []),
  ]
  return {
    verdict: findings.size > 0 ? 'failed' : 'verified',
    findings: [...findings.values()],
    ...(notes.length === 0 ? {} : { reason: notes.join(' ') }),
  }
}
