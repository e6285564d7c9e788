import type { Ruling } from '../model/test-case.ts'
import { expectsSomething } from './expects.ts'
import { stepsBefore } from './steps-before.ts'
import type { Drill, Fence, Guide, GuideStep, Part, Scenario } from './types.ts'

const notAdopted: Ruling = {
  verdict: 'unimplemented',
  reason: 'This page is not adopted, so nothing in it is run.',
  fix: 'add "adopted: true" to its front matter',
}

const unreadable = ({ place }: Fence): Ruling => ({
  verdict: 'blocked',
  reason: `The fence at line ${place.line} cannot be read.`,
  fix: 'mend the fence; the case for its line says how',
})

const noStandIn = (fence: Fence & { readonly language: 'sh' }): Ruling => ({
  verdict: 'blocked',
  reason: `Nothing stands in for the command \`${fence.command}\` at line ${fence.place.line}, so it is not run.`,
  fix: 'say the same with an http, sql or ts fence; commands cannot run yet',
})

/** Why some fences cannot be run; `undefined` where they can. */
const rulingForFences = (fences: readonly Fence[]): Ruling | undefined => {
  for (const fence of fences) {
    if (fence.language === 'broken') return unreadable(fence)
    if (fence.language === 'sh') return noStandIn(fence)
  }
  return undefined
}

const parts = (scenario: Scenario, steps: readonly GuideStep[]): readonly Fence[] =>
  [...(scenario.given === undefined ? [] : [scenario.given]), ...steps].flatMap(
    ({ fences }: Part) => fences,
  )

/** The verdict of a step that planning alone can give. */
export const rulingForStep = (
  guide: Guide,
  scenario: Scenario,
  step: GuideStep,
): Ruling | undefined => {
  if (!guide.adopted) return notAdopted
  const live = step.fences.filter(({ language }) => language !== 'sample')
  if (live.length === 0) {
    return {
      verdict: 'unimplemented',
      reason: step.placeholder
        ? "This step still has the form's own words."
        : 'Nothing stands under this step that could run.',
      fix: 'add an http, sql or ts fence below it',
    }
  }
  const blocked =
    rulingForFences(live) ?? rulingForFences(parts(scenario, stepsBefore(scenario, step)))
  if (blocked !== undefined) return blocked
  // Rollback without expectations still proves something: each of its requests must succeed.
  if (step.kind === 'rollback' || live.some(expectsSomething)) return undefined
  return {
    verdict: 'unimplemented',
    reason: 'The fences of this step expect nothing, so they prove nothing.',
    fix: 'add HTTP and a status below the request, a table below the statement, or a call of expect',
  }
}

/** The verdict of a drill that planning alone can give. */
export const rulingForDrill = (
  guide: Guide,
  scenario: Scenario,
  drill: Drill,
): Ruling | undefined => {
  if (!guide.adopted) return notAdopted
  const { fault, breaks, ends, recovers, symptoms } = drill
  if (drill.broken)
    return {
      verdict: 'blocked',
      reason: 'This drill cannot be read.',
      fix: 'mend it; the cases for its lines say how',
    }
  if (
    fault === undefined ||
    breaks === undefined ||
    ends === undefined ||
    recovers === undefined ||
    symptoms === undefined
  )
    return {
      verdict: 'unimplemented',
      reason: 'This drill has no fault, so nothing is rehearsed.',
      fix: 'add **Fault**, **Breaks**, **Ends** and **Recovers**',
    }
  const fence = drill.fences.find(({ language }) => language !== 'sample')
  if (fence !== undefined)
    return {
      verdict: 'unimplemented',
      reason: `The fence at line ${fence.place.line} stands in a drill, and fences of drills are not run yet.`,
      fix: 'say the symptom in words, and let the fault end after a time',
    }
  if (ends.by === 'solution')
    return {
      verdict: 'unimplemented',
      reason: 'A fault that ends by the solution cannot be rehearsed yet.',
      fix: 'let it end after a time: **Ends**: after `5 s`',
    }
  const named = scenario.steps.find(({ number }) => number === breaks.step)
  if (named === undefined)
    return {
      verdict: 'blocked',
      reason: `Step ${breaks.step}, which this drill breaks, does not exist.`,
    }
  const ofStep = rulingForStep(guide, scenario, named)
  if (ofStep === undefined) return undefined
  return {
    verdict: 'blocked',
    reason: `Step ${breaks.step}, which this drill breaks, is ${ofStep.verdict}: ${ofStep.reason}`,
    ...(ofStep.fix === undefined ? {} : { fix: ofStep.fix }),
  }
}
