import type { Ruling } from '../model/test-case.ts'
import { byHandWords, rulingByHand } from './by-hand.ts'
import { findCommand } from './commands/find-command.ts'
import { partOf } from './drill-parts.ts'
import { expectsSomething } from './expects.ts'
import type { CommandTemplate } from './fences/sh.ts'
import { literalOf } from './fences/sh-words.ts'
import { stepsBefore } from './steps-before.ts'
import type { Claim, Drill, Fence, Guide, GuideStep, Part, Scenario } from './types.ts'

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

/** The first command of some fences that the config neither has a stand-in for nor allows. */
const unknownCommand = (
  fences: readonly Fence[],
  known: readonly string[],
): CommandTemplate | undefined =>
  fences
    .flatMap((fence) => (fence.language === 'sh' ? fence.commands : []))
    .find(({ words }) => {
      const literal = words.map(literalOf)
      const first = literal.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word ?? ''))
      return findCommand(literal.slice(Math.max(first, 0)), known) === undefined
    })

const noStandIn = ({ text, place, words }: CommandTemplate): Ruling => ({
  verdict: 'blocked',
  reason: `Nothing stands in for the command \`${text}\` at line ${place.line}, so it is not run.`,
  fix: `name a stand-in in the config, commands: { '${words.slice(0, 2).map(literalOf).join(' ')}': 'fixtures/commands/…' }, or allow the program: commands: { '${literalOf(words[0] ?? [])}': true }`,
})

/** Why some fences cannot be run; `undefined` where they can. */
const rulingForFences = (
  fences: readonly Fence[],
  commands: readonly string[],
): Ruling | undefined => {
  const broken = fences.find(({ language }) => language === 'broken')
  if (broken !== undefined) return unreadable(broken)
  const unknown = unknownCommand(fences, commands)
  return unknown === undefined ? undefined : noStandIn(unknown)
}

const parts = (scenario: Scenario, steps: readonly GuideStep[]): readonly Fence[] =>
  [...(scenario.given === undefined ? [] : [scenario.given]), ...steps].flatMap(
    ({ fences }: Part) => fences,
  )

/** What planning knows beside the page. */
export interface RulingContext {
  /** The commands that the config has a stand-in for, or allows. */
  readonly commands: readonly string[]
  /** `2026-11-03` */
  readonly today: string
}

/** The verdict of a claim outside of the scenarios: nothing runs for it. */
export const rulingForClaim = (
  { adopted }: Guide,
  { byHand }: Claim,
  { today }: RulingContext,
): Ruling => {
  if (!adopted) return notAdopted
  if (byHand !== undefined) return rulingByHand(byHand, today)
  return {
    verdict: 'unimplemented',
    reason: 'Nothing stands under this claim that could run.',
    fix: `make it a step or a drill of a scenario, or sign it: ${byHandWords}`,
  }
}

/** The verdict of a step that planning alone can give. */
export const rulingForStep = (
  guide: Guide,
  scenario: Scenario,
  step: GuideStep,
  { commands, today }: RulingContext,
): Ruling | undefined => {
  if (!guide.adopted) return notAdopted
  const live = step.fences.filter(({ language }) => language !== 'sample')
  if (live.length === 0 && step.byHand !== undefined) return rulingByHand(step.byHand, today)
  if (live.length === 0) {
    return {
      verdict: 'unimplemented',
      reason: step.placeholder
        ? "This step still has the form's own words."
        : 'Nothing stands under this step that could run.',
      fix: 'add an http, sql, sh or ts fence below it',
    }
  }
  const blocked =
    rulingForFences(live, commands) ??
    rulingForFences(parts(scenario, stepsBefore(scenario, step)), commands)
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
  context: RulingContext,
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
  if (ends.by === 'solution' && partOf(drill, 'solution') === undefined)
    return {
      verdict: 'unimplemented',
      reason: 'The fault ends by the solution, and nothing under Solution could run.',
      fix: 'add an sh, sql, http or ts fence below Solution, or let the fault end after a time: **Ends**: after `5 s`',
    }
  const named = scenario.steps.find(({ number }) => number === breaks.step)
  if (named === undefined)
    return {
      verdict: 'blocked',
      reason: `Step ${breaks.step}, which this drill breaks, does not exist.`,
    }
  const own = rulingForFences(Object.values(drill.fences).flat(), context.commands)
  if (own !== undefined) return own
  const ofStep = rulingForStep(guide, scenario, named, context)
  if (ofStep === undefined) return undefined
  return {
    verdict: 'blocked',
    reason: `Step ${breaks.step}, which this drill breaks, is ${ofStep.verdict}: ${ofStep.reason}`,
    ...(ofStep.fix === undefined ? {} : { fix: ofStep.fix }),
  }
}
