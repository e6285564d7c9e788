import { identityOf, type Finding } from './model/finding.ts'
import type { AttemptResult } from './attempt.ts'
import { isRed, type Verdict } from './model/verdict.ts'
import { whatDiffered } from './what-differed.ts'

/** What all attempts at a case come to. */
export interface Conclusion {
  readonly verdict: Verdict
  readonly findings: readonly Finding[]
  readonly reason?: string
  readonly fix?: string
  /** What the provider printed while it was asked. */
  readonly log?: readonly string[]
}

/** Whether a verdict is believed only after it was seen again on a fresh testbed. */
export const needsSecondLook = ({ attempt }: AttemptResult): boolean =>
  attempt.verdict === 'failed' || attempt.verdict === 'not-reproduced'

const withLog = ({ log }: AttemptResult): Pick<Conclusion, 'log'> =>
  log === undefined ? {} : { log }

const withReason = (result: AttemptResult): Omit<Conclusion, 'verdict' | 'findings'> => ({
  ...(result.reason === undefined ? {} : { reason: result.reason }),
  ...(result.fix === undefined ? {} : { fix: result.fix }),
  ...withLog(result),
})

/** Both runs of a case beside each other. */
const differences = (first: AttemptResult, second: AttemptResult): string => {
  const lines = whatDiffered(first.attempt, second.attempt)
  return lines.length === 0
    ? 'On the wire both were the same: what differed is not there to be seen.'
    : ['What differed (first | second):', ...lines.map((line) => `  ${line}`)].join('\n')
}

const unsteady = (first: AttemptResult, second: AttemptResult): Conclusion => {
  const [a, b] = [first, second].map(
    ({ attempt, findings, reason }) =>
      `${attempt.verdict}${findings.length > 0 ? ` (${findings.map(({ summary }) => summary).join('; ')})` : reason === undefined ? '' : ` (${reason})`}`,
  )
  return {
    verdict: 'unsteady',
    findings: first.findings,
    reason: `The first run was ${a}; the second, on a fresh testbed, was ${b}.\n${differences(first, second)}`,
    ...withLog(first),
    fix: 'look at both runs side by side in the evidence: what differs is what the case depends on',
  }
}

/** What all attempts come to: each further one must show again what those before did. */
export const concludeAll = ([first, ...others]: readonly [
  AttemptResult,
  ...AttemptResult[],
]): Conclusion => {
  let conclusion = conclude(first, others[0])
  for (const other of others.slice(1)) {
    if (!isRed(conclusion.verdict) || conclusion.verdict === 'unsteady') return conclusion
    conclusion = conclude({ ...first, findings: conclusion.findings }, other)
  }
  return conclusion
}

/**
 * What one or two attempts come to: a failure is believed when the same finding was seen twice, and
 * is `unsteady` where it was not.
 */
export const conclude = (first: AttemptResult, second?: AttemptResult): Conclusion => {
  if (second === undefined)
    return { verdict: first.attempt.verdict, findings: first.findings, ...withReason(first) }
  if (second.attempt.verdict === 'aborted' || second.attempt.verdict === 'blocked')
    return { verdict: second.attempt.verdict, findings: first.findings, ...withReason(second) }
  const again = new Set(second.findings.map(identityOf))
  const confirmed = first.findings.filter((finding) => again.has(identityOf(finding)))
  const same =
    first.attempt.verdict === second.attempt.verdict &&
    (confirmed.length > 0 || first.findings.length + second.findings.length === 0)
  if (!same) return unsteady(first, second)
  return {
    verdict: first.attempt.verdict,
    findings: confirmed.map((finding) => ({ ...finding, confirmed: true })),
    ...withReason(first),
  }
}
