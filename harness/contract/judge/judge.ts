import type { Finding, Judgement } from '../../model/finding.ts'
import type { TestCase } from '../../model/test-case.ts'
import type { ContractCode } from '../codes.ts'
import type { InteractionDetail } from '../contract.ts'
import type { InteractionSeen, MessageRun, StateRun } from '../seen.ts'
import { expectationOf } from './expectation.ts'
import { mismatchFindings } from './mismatch.ts'
import { parsePactResult, type PactFailure, type PactResult } from './pact-result.ts'

type Case = TestCase<InteractionDetail>
type Parts = Pick<Finding, 'summary' | 'expected' | 'actual'> &
  Partial<Pick<Finding, 'place'>> & { readonly code: ContractCode }

const findingOf = (
  testCase: Case,
  seen: InteractionSeen,
  { code, summary, expected, actual, place }: Parts,
): Finding => ({
  code,
  summary,
  subject: testCase.name,
  place: place ?? testCase.place,
  expected,
  actual,
  consumer: testCase.detail.consumer,
  ...(seen.request === undefined ? {} : { request: seen.request }),
  confirmed: false,
})

const stateFailure = (testCase: Case, { state, action, failure }: StateRun): Parts => {
  const { states } = testCase.detail.interaction
  const place = failure?.place ?? states.find(({ name }) => name === state)?.place
  return {
    code: 'contract-state-failed',
    summary: `The ${action} of the provider state ${JSON.stringify(state)} failed: ${failure?.message ?? ''}`,
    expected: `the state ${JSON.stringify(state)}, ${action === 'setup' ? 'set up' : 'torn down'}`,
    actual: failure?.message ?? '',
    ...(place === undefined ? {} : { place }),
  }
}

const messageFailure = (testCase: Case, { failure }: MessageRun): Parts => {
  const { description } = testCase.detail.interaction
  return {
    code: 'contract-message-failed',
    summary: `The message ${JSON.stringify(description)} could not be produced: ${failure?.message ?? ''}`,
    expected: `the message ${JSON.stringify(description)}`,
    actual: failure?.message ?? '',
    ...(failure?.place === undefined ? {} : { place: failure.place }),
  }
}

const notJudged = (summary: string, actual: string): Parts => ({
  code: 'contract-not-judged',
  summary,
  expected: 'one interaction, judged',
  actual,
})

const seconds = (milliseconds: number): string => `${milliseconds / 1000} s`

const noAnswer = (seen: InteractionSeen): Parts => {
  const failure = seen.exchanges?.findLast(({ answer }) => answer === undefined)?.failure
  const within = seconds(seen.timeoutMilliseconds)
  const actual =
    failure ??
    (seen.isLate === true ? `no whole answer within ${within}` : undefined) ??
    `the connection was refused or closed, what came was no HTTP, or nothing came within ${within}`
  return {
    code: 'contract-no-answer',
    summary: `The provider gave no answer: ${actual}.`,
    expected: `an answer within ${within}`,
    actual,
  }
}

const failureParts = (
  testCase: Case,
  seen: InteractionSeen,
  failure: PactFailure,
): readonly Parts[] => {
  if (failure.mismatches !== undefined && failure.mismatches.length > 0) {
    return mismatchFindings(failure.mismatches, expectationOf(testCase.detail))
  }
  const message = failure.message ?? ''
  if (message.startsWith('error sending request')) return [noAnswer(seen)]
  // An answer that broke off; one that came whole and cannot be decoded is another matter.
  if (message.startsWith('error decoding response body') && seen.isLate) return [noAnswer(seen)]
  // The states' own failures are reported by what their handlers threw.
  if (/state change handlers? ha(?:s|ve) failed/.test(message)) {
    return seen.states.some((run) => run.failure !== undefined)
      ? []
      : [notJudged('Pact says that a provider state failed, and none did here.', message)]
  }
  return [notJudged(`Pact could not judge the interaction: ${message}`, message)]
}

/** Reasons not to believe a result that says that all is well. */
const doubts = (testCase: Case, seen: InteractionSeen, result: PactResult): readonly Parts[] => {
  const { interaction } = testCase.detail
  const [own] = result.interactionResults
  const setUp = new Set(seen.states.map(({ state }) => state))
  const forgotten = interaction.states.find(({ name }) => !setUp.has(name))
  if (own?.description !== undefined && own.description !== interaction.description) {
    return [notJudged('Pact judged another interaction.', own.description)]
  }
  if (seen.exchanges?.length === 0) {
    return [notJudged('Pact reports success, and the provider got no request.', 'no request')]
  }
  if (seen.messages?.length === 0) {
    return [notJudged('Pact reports success, and asked for no message.', 'no message')]
  }
  if (forgotten !== undefined) {
    const words = `the state ${JSON.stringify(forgotten.name)} was never set up`
    return [notJudged(`Pact reports success, and ${words}.`, words)]
  }
  return []
}

const resultParts = (
  testCase: Case,
  seen: InteractionSeen,
  result: PactResult,
): readonly Parts[] => {
  const { interactionResults, errors, pendingErrors } = result
  const [own, another] = interactionResults
  const complaints = [...errors, ...pendingErrors]
  if (own === undefined || another !== undefined) {
    const words = complaints.map(({ mismatch }) => mismatch.message ?? '').join('; ')
    const count = interactionResults.length === 0 ? 'no interaction' : 'more than one interaction'
    return [
      notJudged(
        `Pact judged ${count}, so nothing is known.${words === '' ? '' : ` It says: ${words}`}`,
        words === '' ? count : words,
      ),
    ]
  }
  const failures =
    own.mismatch === undefined ? complaints.map((entry) => entry.mismatch) : [own.mismatch]
  const parts = failures.flatMap((failure) => failureParts(testCase, seen, failure))
  if (parts.length > 0 || seen.states.some((run) => run.failure !== undefined)) return parts
  if (!result.result || own.result !== 'OK') {
    return [notJudged('Pact reports a failure without saying what it is.', own.result)]
  }
  return doubts(testCase, seen, result)
}

/**
 * Translates Pact's own judgement of one interaction: every mismatch is a finding, at the line of
 * the contract that asks for what did not come. A result that did not judge just this interaction
 * is never green.
 *
 * @example
 * judgeInteraction(testCase, seen).findings.map(({ code }) => code) // ['contract-status']
 */
export const judgeInteraction = (testCase: Case, seen: InteractionSeen): Judgement => {
  const { verification } = seen
  if ('failure' in verification) {
    return {
      verdict: 'blocked',
      findings: [],
      reason: `Pact's native library gave no result: ${verification.failure}`,
      fix: 'run it again; if it happens again, report it with the contract',
    }
  }
  const states = seen.states
    .filter(({ failure }) => failure !== undefined)
    .map((run) => stateFailure(testCase, run))
  const unsaid = (seen.messages ?? [])
    .filter(({ failure }) => failure !== undefined)
    .map((run) => messageFailure(testCase, run))
  const result = parsePactResult(verification.json)
  const judged =
    'problem' in result
      ? [notJudged(`Pact's result cannot be read: ${result.problem}.`, result.problem)]
      : resultParts(testCase, seen, result)
  // Pact takes whatever comes for the message, so its mismatches say nothing where none came.
  const parts = unsaid.length > 0 ? unsaid : judged
  const findings = [...states, ...parts].map((each) => findingOf(testCase, seen, each))
  if (findings.length === 0) return { verdict: 'verified', findings }
  return {
    verdict: 'failed',
    findings,
    ...(seen.log === undefined || seen.log.length === 0 ? {} : { log: seen.log }),
    ...(testCase.detail.interaction.pending
      ? { reason: 'The contract marks the interaction as pending.' }
      : {}),
  }
}
