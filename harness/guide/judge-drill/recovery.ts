import type { Finding } from '../../model/finding.ts'
import { finding, findingsOf, stepName } from '../judge-words.ts'
import { firstBroken, type DrillSeen } from '../seen.ts'
import type { Drill, GuideDetail } from '../types.ts'
import { fenceFindings, whatCame } from './words.ts'

/** The solution, as the page writes it, must run. */
export const solutionFindings = (
  detail: GuideDetail,
  { solution }: DrillSeen,
): readonly Finding[] =>
  solution === undefined ? [] : fenceFindings(detail, 'drill-solution', 'the solution', solution)

/** The step must hold again within the stated time. */
export const recoveryFindings = (
  detail: GuideDetail,
  { name, recovers, ends, place }: Drill,
  { recovery }: DrillSeen,
): readonly Finding[] => {
  const within = recovers?.withinMilliseconds ?? 0
  if (recovery === undefined) return []
  if (recovery.last.unmet.length === 0 && recovery.milliseconds <= within) return []
  const [first] = recovery.last.unmet
  const actual =
    first === undefined
      ? `it held after ${Math.round(recovery.milliseconds)} ms`
      : `after ${recovery.tries} tries in ${Math.round(recovery.milliseconds)} ms, ${whatCame(recovery.last)}`
  const since = ends?.by === 'solution' ? "the solution's beginning" : "the fault's end"
  const expected = `${stepName(detail, recovery.last.step)} to hold within ${within} ms of ${since}`
  const request = first?.request
  const seen = { expected, actual, ...(request === undefined ? {} : { request }) }
  return [finding('drill-not-recovered', `drill ${name}`, recovers?.place ?? place, seen)]
}

/** The steps after the named one, and Rollback, must hold when the fault is gone. */
export const leftOverFindings = (
  detail: GuideDetail,
  { name }: Drill,
  { after = [] }: DrillSeen,
): readonly Finding[] => {
  const broken = firstBroken(after)
  if (broken === undefined) return []
  return findingsOf(detail, broken).map((one) =>
    finding('drill-left-over', `drill ${name}, ${one.subject}`, one.place, one),
  )
}

const honest = (failure: string | undefined): boolean => failure === 'connection refused'

/**
 * What was accepted during the fault must be there after it; what was not must have been refused: an
 * answer that never came leaves its caller in the dark.
 */
export const lostFindings = (
  { name, lost, place }: Drill,
  { lost: asked = [] }: DrillSeen,
): readonly Finding[] => {
  const subject = `drill ${name}, nothing lost`
  for (const { given, found } of asked) {
    const { status, failure } = given.sight
    if (given.unmet.length > 0 && status === undefined && !honest(failure)) {
      const words = {
        expected: 'Given to be accepted or refused during the fault',
        actual: failure ?? 'no answer',
      }
      return [finding('drill-lost', subject, lost?.place ?? place, words)]
    }
    if (found !== undefined && found.unmet.length > 0)
      return found.unmet.map((one) =>
        finding('drill-lost', `${subject}, ${one.subject}`, one.place, one),
      )
  }
  return []
}
