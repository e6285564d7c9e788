import type { Judgement } from '../model/finding.ts'
import type { TestCase } from '../model/test-case.ts'
import { judgeDrill } from './judge-drill/judge-drill.ts'
import { judgeFacts } from './judge-facts.ts'
import { findingsOf, stepName } from './judge-words.ts'
import { firstBroken, type GuideSeen, type StepSeen } from './seen.ts'
import type { GuideDetail, GuideStep } from './types.ts'

const judgeStep = (
  { detail }: TestCase<GuideDetail>,
  step: GuideStep,
  { runs }: StepSeen,
): Judgement => {
  const broken = firstBroken(runs)
  if (broken !== undefined && broken.step !== 0 && broken.step !== step.number) {
    const [first] = broken.unmet
    return {
      verdict: 'blocked',
      findings: [],
      reason: `${stepName(detail, broken.step)} did not hold, so this one could not be asked: expected ${first?.expected ?? ''}, came ${first?.actual ?? ''}.`,
      fix: `mend step ${broken.step} first`,
    }
  }
  if (broken !== undefined) return { verdict: 'failed', findings: findingsOf(detail, broken) }
  const reached = runs.some((run) => run.step === step.number)
  return reached
    ? { verdict: 'verified', findings: [] }
    : { verdict: 'blocked', findings: [], reason: 'The step was never reached.' }
}

/**
 * What was seen of a guide's case, as a verdict and findings at the page's own lines. Pure.
 *
 * A step fails by its own expectations or by those of Given; it is `blocked` by an earlier step.
 *
 * @example
 * judgeGuide(testCase, seen).verdict // 'verified'
 */
export const judgeGuide = (testCase: TestCase<GuideDetail>, seen: GuideSeen): Judgement => {
  const { target } = testCase.detail
  if (target.kind === 'step' && seen.kind === 'step') return judgeStep(testCase, target.step, seen)
  if (target.kind === 'drill' && seen.kind === 'drill')
    return judgeDrill(testCase.detail, target.drill, seen)
  if (seen.kind === 'facts') return judgeFacts(seen.comparisons)
  return { verdict: 'blocked', findings: [], reason: 'What was replayed is not what was planned.' }
}
