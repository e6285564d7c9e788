import type { Judgement } from '../../model/finding.ts'
import { finding } from '../judge-words.ts'
import { firstBroken, type DrillSeen } from '../seen.ts'
import type { Drill, GuideDetail } from '../types.ts'
import { blockedBy, symptomFindings } from './words.ts'

/** Under the same fault, what the prevention promises must hold. */
export const judgePrevention = (
  detail: GuideDetail,
  { prevention, name, breaks }: Drill,
  { prevention: under }: DrillSeen,
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
  return findings.length === 0 ? undefined : { verdict: 'failed', findings }
}
