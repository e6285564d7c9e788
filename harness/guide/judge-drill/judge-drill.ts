import type { Judgement, Times } from '../../model/finding.ts'
import { firstBroken, type DrillSeen } from '../seen.ts'
import type { Drill, GuideDetail } from '../types.ts'
import { notReproduced } from './break.ts'
import { judgeControl } from './control.ts'
import { judgePrevention } from './prevention.ts'
import { leftOverFindings, lostFindings, recoveryFindings, solutionFindings } from './recovery.ts'
import { blockedBy, symptomFindings } from './words.ts'

const timesOf = ({ fault, recovery }: DrillSeen): { readonly times?: Times } => {
  const broke = fault?.brokeAfterMilliseconds
  const times = {
    ...(broke === undefined ? {} : { symptomMilliseconds: Math.round(broke) }),
    ...(recovery === undefined || recovery.last.unmet.length > 0
      ? {}
      : { recoveryMilliseconds: Math.round(recovery.milliseconds) }),
  }
  return Object.keys(times).length === 0 ? {} : { times }
}

const judge = (detail: GuideDetail, drill: Drill, seen: DrillSeen): Judgement => {
  const baseline = firstBroken(seen.baseline)
  if (baseline !== undefined) return blockedBy(detail, baseline, 'baseline')
  const { fault } = seen
  if (fault === undefined)
    return { verdict: 'blocked', findings: [], reason: 'The fault was never put.' }
  const before = firstBroken(fault.before)
  if (before !== undefined) return blockedBy(detail, before, 'before the fault')
  const other = notReproduced(detail, drill, fault)
  if (other !== undefined) return other
  const broken = firstBroken(fault.runs)
  const symptoms =
    broken === undefined
      ? []
      : symptomFindings(detail, 'drill-symptom', drill.symptoms ?? [], broken, fault)
  const findings = [
    ...symptoms,
    ...solutionFindings(detail, seen),
    ...recoveryFindings(detail, drill, seen),
    ...leftOverFindings(detail, drill, seen),
    ...lostFindings(drill, seen),
  ]
  if (findings.length > 0) return { verdict: 'failed', findings }
  if (seen.recovery === undefined)
    return { verdict: 'blocked', findings: [], reason: 'Recovery was never reached.' }
  return (
    judgeControl(detail, drill, seen) ??
    judgePrevention(detail, drill, seen) ?? { verdict: 'verified', findings: [] }
  )
}

/**
 * What was seen of a drill, as a verdict: `blocked` where the steps do not hold without the fault,
 * `not-reproduced` where it broke nothing, another step, or was never in force, `failed` where it
 * broke otherwise, did not recover, lost or left something, or needs no solution. Pure.
 */
export const judgeDrill = (detail: GuideDetail, drill: Drill, seen: DrillSeen): Judgement => ({
  ...judge(detail, drill, seen),
  ...timesOf(seen),
})
