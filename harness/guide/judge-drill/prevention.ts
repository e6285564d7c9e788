import type { Judgement } from '../../model/finding.ts'
import { finding } from '../judge-words.ts'
import { firstBroken, type DrillSeen, type FaultSeen } from '../seen.ts'
import { unmetSymptom } from '../symptoms/phrases.ts'
import type { Drill, GuideDetail, Prevention } from '../types.ts'
import { blockedBy, symptomFindings } from './words.ts'

/** Whether all that a prevention promises showed where it was off: then it prevents nothing. */
const holdsWithout = ({ symptoms }: Prevention, without: FaultSeen | undefined): boolean => {
  if (without === undefined || symptoms.length === 0) return false
  const broken = firstBroken(without.runs)
  return (
    broken !== undefined &&
    symptoms.every(
      (symptom) => unmetSymptom(symptom, { ...broken.sight, ...without.signs }) === undefined,
    )
  )
}

/** Under the same fault, what the prevention promises must hold. */
export const judgePrevention = (
  detail: GuideDetail,
  { prevention, name, breaks }: Drill,
  { prevention: under, fault: without }: DrillSeen,
): Judgement | undefined => {
  if (prevention === undefined) return undefined
  if (under === undefined)
    return { verdict: 'blocked', findings: [], reason: 'The prevention was never reached.' }
  const given = firstBroken(under.before)
  if (given !== undefined) return blockedBy(detail, given, 'with the prevention on')
  const named = breaks?.step ?? 0
  const run = under.runs.find(({ step }) => step === named)
  if (run === undefined || under.bitAfterMilliseconds === undefined) {
    const actual =
      run === undefined ? 'another step broke before' : 'nothing that the fault changed'
    const words = { expected: `the fault in force on step ${named}`, actual }
    return {
      verdict: 'failed',
      findings: [finding('drill-prevention', `drill ${name}`, prevention.place, words)],
    }
  }
  const findings = symptomFindings(detail, 'drill-prevention', prevention.symptoms, run, under)
  if (findings.length > 0) return { verdict: 'failed', findings }
  if (under.fences !== undefined || !holdsWithout(prevention, without)) return undefined
  const words = {
    expected: 'something that does not hold without the prevention',
    actual: 'all that it promises was seen without it, too',
  }
  return {
    verdict: 'failed',
    findings: [finding('drill-prevention', `drill ${name}`, prevention.place, words)],
  }
}
