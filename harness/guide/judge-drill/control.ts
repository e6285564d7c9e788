import type { Judgement } from '../../model/finding.ts'
import { finding, stepName } from '../judge-words.ts'
import { firstBroken, type DrillSeen } from '../seen.ts'
import type { Drill, GuideDetail } from '../types.ts'
import { notReproduced } from './break.ts'
import { blockedBy } from './words.ts'

/** A solution without which the step holds again just as soon solves nothing. */
export const judgeControl = (
  detail: GuideDetail,
  drill: Drill,
  { control }: DrillSeen,
): Judgement | undefined => {
  const { ends, recovers, solution, place, name } = drill
  if (ends?.by !== 'solution') return undefined
  if (control === undefined)
    return { verdict: 'blocked', findings: [], reason: 'The control was never reached.' }
  const before = firstBroken(control.before)
  if (before !== undefined) return blockedBy(detail, before, 'control')
  const other = notReproduced(detail, drill, control, ', control')
  if (other !== undefined) return other
  const { recovery } = control
  const within = recovers?.withinMilliseconds ?? 0
  if (recovery === undefined || recovery.last.unmet.length > 0 || recovery.milliseconds > within)
    return undefined
  const words = {
    expected: `${stepName(detail, recovery.last.step)} to stay broken for ${within} ms without the solution`,
    actual: `it held after ${Math.round(recovery.milliseconds)} ms`,
  }
  const at = solution?.place ?? place
  return {
    verdict: 'failed',
    findings: [finding('drill-superfluous', `drill ${name}`, at, words)],
  }
}
