import type { Finding, Judgement } from '../../model/finding.ts'
import type { GuideCode } from '../codes.ts'
import { finding, stepName } from '../judge-words.ts'
import type { FaultSeen, StepRun } from '../seen.ts'
import { unmetSymptom } from '../symptoms/phrases.ts'
import type { Symptom } from '../symptoms/symptom.ts'
import type { GuideDetail } from '../types.ts'

/** What came of a step, in words. */
export const whatCame = ({ sight, milliseconds }: StepRun): string => {
  const took = `after ${Math.round(milliseconds)} ms`
  if (sight.status !== undefined) return `it answered ${sight.status} ${took}`
  return `${sight.failure ?? 'it ended'} ${took}`
}

/** Given or a step that broke while nothing was wrong: nothing was learned about the fault. */
export const blockedBy = (detail: GuideDetail, broken: StepRun, phase: string): Judgement => {
  const [first] = broken.unmet
  return {
    verdict: 'blocked',
    findings: [],
    reason: `${phase}: ${stepName(detail, broken.step)} does not hold while nothing is wrong: expected ${first?.expected ?? ''}, came ${first?.actual ?? ''}.`,
    fix: 'mend what the cases of the steps say first',
  }
}

/** What did not hold of the fences under a label of the drill, each at its own line. */
export const fenceFindings = (
  detail: GuideDetail,
  code: GuideCode,
  label: string,
  { step, unmet }: StepRun,
): readonly Finding[] =>
  unmet.map((one) =>
    finding(code, `${stepName(detail, step)}, ${label}, ${one.subject}`, one.place, one),
  )

/** Phrases that did not show, and fences beside them that did not hold. */
export const symptomFindings = (
  detail: GuideDetail,
  code: 'drill-symptom' | 'drill-prevention',
  symptoms: readonly Symptom[],
  run: StepRun,
  { signs, fences }: FaultSeen,
): readonly Finding[] => [
  ...symptoms.flatMap((symptom) => {
    const unmet = unmetSymptom(symptom, { ...run.sight, ...signs })
    if (unmet === undefined) return []
    const request = run.unmet[0]?.request
    const seen = { ...unmet, ...(request === undefined ? {} : { request }) }
    return [finding(code, `${stepName(detail, run.step)}, ${symptom.text}`, symptom.place, seen)]
  }),
  ...(fences === undefined
    ? []
    : fenceFindings(
        detail,
        code,
        code === 'drill-symptom' ? 'the symptom' : 'the prevention',
        fences,
      )),
]
