import { setTimeout as sleep } from 'node:timers/promises'
import { UserError } from '../../model/user-error.ts'
import type { LeaseOptions, World } from '../../testbed/world.ts'
import { stepsBefore } from '../steps-before.ts'
import type { GuideScript } from '../scope.ts'
import { firstBroken, type DrillSeen, type FaultSeen, type StepRun } from '../seen.ts'
import type { Symptom } from '../symptoms/symptom.ts'
import type { Drill, GuideStep, Prevention } from '../types.ts'
import { ScenarioEnded } from './outcome.ts'
import { replayStep } from './replay-step.ts'
import { runScenario } from './run-scenario.ts'
import type { SessionOptions } from './session.ts'
import { watchFault, type FaultWatch } from './under-fault.ts'

/** A drill of which planning has made sure that it says everything it must. */
interface Rehearsal {
  readonly world: World
  readonly options: Omit<SessionOptions, 'testbed'>
  readonly script: GuideScript
  readonly step: GuideStep
  readonly fault: NonNullable<Drill['fault']>
  readonly symptoms: readonly Symptom[]
  readonly endsAfterMilliseconds: number
  readonly recoversWithinMilliseconds: number
}

type Recovery = NonNullable<DrillSeen['recovery']>

const triesSpacingMilliseconds = 100

const held = ({ unmet }: StepRun): boolean => unmet.length === 0

const rehearsalOf = (
  options: Omit<SessionOptions, 'testbed'>,
  script: GuideScript,
  { fault, breaks, ends, recovers, symptoms, name, place }: Drill,
): Rehearsal => {
  const step = options.detail.scenario.steps.find(({ number }) => number === breaks?.step)
  if (
    fault === undefined ||
    step === undefined ||
    ends?.by !== 'harness' ||
    recovers === undefined ||
    symptoms === undefined
  )
    throw new UserError({
      problem: `the drill "${name}" cannot be rehearsed as it is written`,
      place,
    })
  return {
    world: options.world,
    options,
    script,
    step,
    fault,
    symptoms,
    endsAfterMilliseconds: ends.afterMilliseconds,
    recoversWithinMilliseconds: recovers.withinMilliseconds,
  }
}

const leased = async <Value>(
  { world, options }: Rehearsal,
  lease: LeaseOptions,
  use: (session: SessionOptions) => Promise<Value>,
): Promise<Value> => {
  await using testbed = await world.lease(lease)
  return await use({ ...options, testbed })
}

/** Repeats a step until it holds or its time is over. */
const recover = async (
  { world, recoversWithinMilliseconds: within }: Rehearsal,
  from: number,
  run: () => Promise<StepRun>,
): Promise<Recovery> => {
  for (let tries = 1; ; tries += 1) {
    const last = await run()
    const milliseconds = performance.now() - from
    if (held(last) || milliseconds > within) {
      const words = held(last) ? 'holds again' : 'does not hold'
      world.journal.note(
        `recovery: step ${last.step} ${words} after ${Math.round(milliseconds)} ms, try ${tries}`,
      )
      return { tries, last, milliseconds }
    }
    await sleep(triesSpacingMilliseconds, undefined, { signal: world.signal })
  }
}

/** Which steps run on the testbed with the fault: the named one and, where it is one of a sequence, all of it. */
const stepsUnderFault = ({ options, step }: Rehearsal): ReadonlySet<number> =>
  new Set(
    step.kind === 'bulleted'
      ? [step.number]
      : options.detail.scenario.steps
          .filter(({ kind }) => kind === 'numbered')
          .map(({ number }) => number),
  )

type Rehearsed = Pick<DrillSeen, 'recovery' | 'after'> & { readonly fault: FaultSeen }

/** Given; fault in; steps up to the first that breaks; symptoms; recovery; the steps after it. */
const rehearse = async (rehearsal: Rehearsal, session: SessionOptions): Promise<Rehearsed> => {
  const { script, step: named, symptoms, fault, endsAfterMilliseconds, world } = rehearsal
  let watch: FaultWatch | undefined
  let recovery: Recovery | undefined
  const after: StepRun[] = []
  const onStep = async (number: number, run: () => Promise<StepRun>): Promise<void> => {
    if (recovery !== undefined) {
      const last = await run()
      after.push(last)
      if (!held(last)) throw new ScenarioEnded()
      return
    }
    watch ??= await watchFault(session, fault, endsAfterMilliseconds)
    const seen = await run()
    watch.runs.push(seen)
    if (held(seen)) return
    watch.broke()
    world.journal.note(`symptom: step ${number} broke after ${Math.round(seen.milliseconds)} ms`)
    if (number !== named.number) throw new ScenarioEnded()
    watch.watchLog(symptoms, seen)
    recovery = await recover(rehearsal, await watch.lifted, run)
    if (!held(recovery.last)) throw new ScenarioEnded()
  }
  try {
    const given = await runScenario(session, script, stepsUnderFault(rehearsal), onStep)
    const seen = await watch?.finish()
    return {
      fault: { ...(seen ?? { runs: [], log: [] }), before: [given] },
      ...(recovery === undefined ? {} : { recovery, after }),
    }
  } finally {
    await watch?.finish()
    world.journal.note('clean-up: the fault is gone')
  }
}

/** The same fault with a setting that is promised to prevent the worst of it. */
const prevent = async (
  rehearsal: Rehearsal,
  { symptoms }: Prevention,
  session: SessionOptions,
): Promise<FaultSeen> => {
  const { script, step: named, fault, endsAfterMilliseconds } = rehearsal
  const steps = [...stepsBefore(session.detail.scenario, named), named].map(({ number }) => number)
  let watch: FaultWatch | undefined
  try {
    const given = await runScenario(session, script, new Set(steps), async (number, run) => {
      watch ??= await watchFault(session, fault, endsAfterMilliseconds)
      const seen = await run()
      watch.runs.push(seen)
      if (!held(seen)) watch.broke()
      if (number === named.number) watch.watchLog(symptoms, seen)
      else if (!held(seen)) throw new ScenarioEnded()
    })
    const seen = await watch?.finish()
    return { ...(seen ?? { runs: [], log: [] }), before: [given] }
  } finally {
    await watch?.finish()
  }
}

/**
 * Rehearses a drill: the baseline on one testbed; fault, symptom, recovery and what comes after it on
 * another; the prevention on a third. A phase whose forerunner did not hold is not reached.
 */
export const replayDrill = async (
  options: Omit<SessionOptions, 'testbed'>,
  script: GuideScript,
  drill: Drill,
): Promise<DrillSeen> => {
  const rehearsal = rehearsalOf(options, script, drill)
  const { journal } = options.world
  journal.note('baseline')
  const { runs: baseline } = await leased(rehearsal, {}, (session) =>
    replayStep(session, script, rehearsal.step),
  )
  const seen: DrillSeen = { kind: 'drill', baseline }
  if (firstBroken(baseline) !== undefined) return seen
  const rehearsed = await leased(rehearsal, {}, (session) => rehearse(rehearsal, session))
  const recovered = rehearsed.recovery !== undefined && held(rehearsed.recovery.last)
  const { prevention } = drill
  if (!recovered || prevention === undefined) return { ...seen, ...rehearsed }
  journal.note(
    `prevention: ${Object.entries(prevention.environment)
      .map(([name, value]) => `${name}=${value}`)
      .join(' ')}`,
  )
  const prevented = await leased(rehearsal, { environment: prevention.environment }, (session) =>
    prevent(rehearsal, prevention, session),
  )
  return { ...seen, ...rehearsed, prevention: prevented }
}
