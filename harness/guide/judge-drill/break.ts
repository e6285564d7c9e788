import type { Judgement } from '../../model/finding.ts'
import { finding, stepName } from '../judge-words.ts'
import { firstBroken, type FaultSeen } from '../seen.ts'
import type { Drill, GuideDetail } from '../types.ts'
import { whatCame } from './words.ts'

/**
 * Why a drill is not reproduced: the fault was never in force, broke nothing, or broke another step
 * before the named one. `undefined` where it broke the named step first.
 */
export const notReproduced = (
  detail: GuideDetail,
  { name, fault, breaks, place: whole }: Drill,
  seen: FaultSeen,
  where = '',
): Judgement | undefined => {
  const named = breaks?.step ?? 0
  const place = breaks?.place ?? whole
  const broken = firstBroken(seen.runs)
  const subject = `drill ${name}${where}`
  const expected = `${stepName(detail, named)} to break`
  if (seen.bitAfterMilliseconds === undefined) {
    const words = {
      expected: `${fault?.text ?? 'the fault'} to touch something`,
      actual: `nothing that it changed; ${broken === undefined ? 'every step held' : `step ${broken.step} broke all the same`}`,
    }
    return {
      verdict: 'not-reproduced',
      findings: [finding('drill-canary', subject, fault?.place ?? place, words)],
    }
  }
  if (broken?.step === named) return undefined
  const run = seen.runs.find(({ step }) => step === named)
  if (broken === undefined) {
    const actual = run === undefined ? 'it was never reached' : `it held: ${whatCame(run)}`
    return {
      verdict: 'not-reproduced',
      findings: [finding('drill-not-reproduced', subject, place, { expected, actual })],
    }
  }
  const actual = `${stepName(detail, broken.step)} broke: ${whatCame(broken)}`
  return {
    verdict: 'not-reproduced',
    findings: [finding('drill-other-step', subject, place, { expected, actual })],
  }
}
