import type { Finding, Judgement } from '../model/finding.ts'
import type { Place } from '../model/place.ts'
import type { GuideCode } from './codes.ts'
import { finding, findingsOf, stepName } from './judge-words.ts'
import { firstBroken, type DrillSeen, type FaultSeen, type StepRun } from './seen.ts'
import { unmetSymptom } from './symptoms/phrases.ts'
import type { Symptom } from './symptoms/symptom.ts'
import type { Drill, GuideDetail } from './types.ts'

const whatCame = ({ sight, milliseconds }: StepRun): string => {
  const took = `after ${Math.round(milliseconds)} ms`
  if (sight.status !== undefined) return `it answered ${sight.status} ${took}`
  return `${sight.failure ?? 'it ended'} ${took}`
}

const failed = (findings: readonly Finding[]): Judgement => ({ verdict: 'failed', findings })

/** Given or a step that broke while nothing was wrong: nothing was learned about the fault. */
const blockedBy = (detail: GuideDetail, broken: StepRun, phase: string): Judgement => {
  const [first] = broken.unmet
  return {
    verdict: 'blocked',
    findings: [],
    reason: `${phase}: ${stepName(detail, broken.step)} does not hold while nothing is wrong: expected ${first?.expected ?? ''}, came ${first?.actual ?? ''}.`,
    fix: 'mend what the cases of the steps say first',
  }
}

const symptomFindings = (
  detail: GuideDetail,
  code: GuideCode,
  symptoms: readonly Symptom[],
  run: StepRun,
  { log }: FaultSeen,
): readonly Finding[] =>
  symptoms.flatMap((symptom) => {
    const unmet = unmetSymptom(symptom, { ...run.sight, log })
    if (unmet === undefined) return []
    const request = run.unmet[0]?.request
    const seen = { ...unmet, ...(request === undefined ? {} : { request }) }
    return [finding(code, `${stepName(detail, run.step)}, ${symptom.text}`, symptom.place, seen)]
  })

/** The named step must break, and before all others; otherwise the drill is not reproduced. */
const judgeBreak = (
  detail: GuideDetail,
  drill: Drill,
  fault: FaultSeen,
  named: number,
  place: Place,
): Judgement | undefined => {
  const broken = firstBroken(fault.runs)
  const subject = `drill ${drill.name}`
  const expected = `${stepName(detail, named)} to break`
  if (fault.bitAfterMilliseconds === undefined) {
    const words = {
      expected: `${drill.fault?.text ?? 'the fault'} to touch something`,
      actual: `nothing that it changed; ${broken === undefined ? 'every step held' : `step ${broken.step} broke all the same`}`,
    }
    return {
      verdict: 'not-reproduced',
      findings: [finding('drill-canary', subject, drill.fault?.place ?? place, words)],
    }
  }
  if (broken?.step === named) return undefined
  const run = fault.runs.find(({ step }) => step === named)
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

const judgeRecovery = (
  detail: GuideDetail,
  { name, recovers, place }: Drill,
  { recovery }: DrillSeen,
): Judgement | undefined => {
  const within = recovers?.withinMilliseconds ?? 0
  const at = recovers?.place ?? place
  if (recovery === undefined)
    return { verdict: 'blocked', findings: [], reason: 'Recovery was never reached.' }
  if (recovery.last.unmet.length === 0 && recovery.milliseconds <= within) return undefined
  const [first] = recovery.last.unmet
  const came =
    first === undefined
      ? `it held after ${Math.round(recovery.milliseconds)} ms`
      : `after ${recovery.tries} tries in ${Math.round(recovery.milliseconds)} ms, ${whatCame(recovery.last)}`
  const expected = `${stepName(detail, recovery.last.step)} to hold within ${within} ms of the fault's end`
  const request = first?.request
  const seen = { expected, actual: came, ...(request === undefined ? {} : { request }) }
  return failed([finding('drill-not-recovered', `drill ${name}`, at, seen)])
}

const judgeAfter = (
  detail: GuideDetail,
  { name }: Drill,
  { after = [] }: DrillSeen,
): Judgement | undefined => {
  const broken = firstBroken(after)
  if (broken === undefined) return undefined
  return failed(
    findingsOf(detail, broken).map((one) =>
      finding('drill-left-over', `drill ${name}, ${one.subject}`, one.place, one),
    ),
  )
}

const judgePrevention = (
  detail: GuideDetail,
  { prevention, name }: Drill,
  seen: DrillSeen,
  named: number,
): Judgement | undefined => {
  if (prevention === undefined) return undefined
  const under = seen.prevention
  if (under === undefined)
    return { verdict: 'blocked', findings: [], reason: 'The prevention was never reached.' }
  const given = firstBroken(under.before)
  if (given !== undefined) return blockedBy(detail, given, 'with the prevention on')
  const run = under.runs.find(({ step }) => step === named)
  if (run === undefined || under.bitAfterMilliseconds === undefined) {
    const actual =
      run === undefined ? 'another step broke before' : 'nothing that the fault changed'
    const words = { expected: `the fault in force on step ${named}`, actual }
    return failed([finding('drill-prevention', `drill ${name}`, prevention.place, words)])
  }
  const findings = symptomFindings(detail, 'drill-prevention', prevention.symptoms, run, under)
  return findings.length === 0 ? undefined : failed(findings)
}

/**
 * What was seen of a drill, as a verdict: `blocked` where the steps do not hold without the fault,
 * `not-reproduced` where it broke nothing, another step, or was never in force, `failed` where it
 * broke otherwise, did not recover or left something over. Pure.
 */
export const judgeDrill = (detail: GuideDetail, drill: Drill, seen: DrillSeen): Judgement => {
  const named = drill.breaks?.step ?? 0
  const place = drill.breaks?.place ?? drill.place
  const baseline = firstBroken(seen.baseline)
  if (baseline !== undefined) return blockedBy(detail, baseline, 'baseline')
  const { fault } = seen
  if (fault === undefined)
    return { verdict: 'blocked', findings: [], reason: 'The fault was never put.' }
  const before = firstBroken(fault.before)
  if (before !== undefined) return blockedBy(detail, before, 'before the fault')
  const judged = judgeBreak(detail, drill, fault, named, place)
  if (judged !== undefined) return judged
  const broken = firstBroken(fault.runs)
  const symptoms =
    broken === undefined
      ? []
      : symptomFindings(detail, 'drill-symptom', drill.symptoms ?? [], broken, fault)
  const findings = [
    ...symptoms,
    ...(judgeRecovery(detail, drill, seen)?.findings ?? []),
    ...(judgeAfter(detail, drill, seen)?.findings ?? []),
  ]
  if (findings.length > 0) return failed(findings)
  return (
    judgeRecovery(detail, drill, seen) ??
    judgePrevention(detail, drill, seen, named) ?? { verdict: 'verified', findings: [] }
  )
}
