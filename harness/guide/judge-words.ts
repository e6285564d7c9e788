import type { Finding } from '../model/finding.ts'
import type { Place } from '../model/place.ts'
import { guideCodes, type GuideCode } from './codes.ts'
import type { StepRun } from './seen.ts'
import type { GuideDetail } from './types.ts'

/** A step as people call it: `step 1 (The order becomes paid)`. */
export const stepName = ({ scenario }: GuideDetail, number: number): string => {
  if (number === 0) return 'Given'
  if (number === scenario.rollback?.number) return 'Rollback'
  const step = scenario.steps.find((candidate) => candidate.number === number)
  return step === undefined ? `step ${number}` : `step ${number} (${step.text})`
}

/** A finding whose summary is the code's sentence about a subject. */
export const finding = (
  code: GuideCode,
  subject: string,
  place: Place,
  { expected, actual, request }: Pick<Finding, 'expected' | 'actual' | 'request'>,
): Finding => ({
  code,
  summary: `${subject}: ${guideCodes[code]}: expected ${expected}, came ${actual}.`,
  subject,
  place,
  expected,
  actual,
  ...(request === undefined ? {} : { request }),
  confirmed: false,
})

/** Each expectation that did not hold in a run, as a finding at its own line. */
export const findingsOf = (detail: GuideDetail, { step, unmet }: StepRun): readonly Finding[] =>
  unmet.map((one) => finding(one.code, `${stepName(detail, step)}, ${one.subject}`, one.place, one))
