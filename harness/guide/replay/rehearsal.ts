import { setTimeout as sleep } from 'node:timers/promises'
import { UserError } from '../../model/user-error.ts'
import type { LeaseOptions, World } from '../../testbed/world.ts'
import { partOf } from '../drill-parts.ts'
import type { GuideScript } from '../scope.ts'
import type { Recovery, StepRun } from '../seen.ts'
import type { Symptom } from '../symptoms/symptom.ts'
import type { Drill, DrillPart, GuideStep } from '../types.ts'
import type { RunPart } from './run-scenario.ts'
import type { SessionOptions } from './session.ts'

/** A drill of which planning has made sure that it says everything it must. */
export interface Rehearsal {
  readonly options: Omit<SessionOptions, 'testbed'>
  readonly script: GuideScript
  readonly drill: Drill
  /** The step that the fault must break. */
  readonly step: GuideStep
  readonly fault: NonNullable<Drill['fault']>
  readonly symptoms: readonly Symptom[]
  /** When the harness lifts the fault; absent: the solution ends it. */
  readonly endsAfterMilliseconds?: number
  readonly recoversWithinMilliseconds: number
}

const triesSpacingMilliseconds = 100

/** Whether everything held in a run. */
export const held = ({ unmet }: StepRun): boolean => unmet.length === 0

/** Throws a `UserError` for a drill that does not say enough. */
export const rehearsalOf = (
  options: Omit<SessionOptions, 'testbed'>,
  script: GuideScript,
  drill: Drill,
): Rehearsal => {
  const { fault, breaks, ends, recovers, symptoms, name, place } = drill
  const step = options.detail.scenario.steps.find(({ number }) => number === breaks?.step)
  if (
    fault === undefined ||
    step === undefined ||
    ends === undefined ||
    recovers === undefined ||
    symptoms === undefined
  )
    throw new UserError({
      problem: `the drill "${name}" cannot be rehearsed as it is written`,
      place,
    })
  return {
    options,
    script,
    drill,
    step,
    fault,
    symptoms,
    ...(ends.by === 'harness' ? { endsAfterMilliseconds: ends.afterMilliseconds } : {}),
    recoversWithinMilliseconds: recovers.withinMilliseconds,
  }
}

/** The world with a word before each note, so that phases that run at once can be told apart. */
const inPhase = (world: World, phase: string | undefined): World =>
  phase === undefined
    ? world
    : {
        ...world,
        journal: {
          ...world.journal,
          note: (what, exchange) => world.journal.note(`${phase}: ${what}`, exchange),
        },
      }

/** Runs a phase on a testbed of its own. */
export const onOwnTestbed = async <Value>(
  { options }: Rehearsal,
  use: (session: SessionOptions) => Promise<Value>,
  phase?: string,
  lease: LeaseOptions = {},
): Promise<Value> => {
  const world = inPhase(options.world, phase)
  await using testbed = await world.lease(lease)
  return await use({ ...options, world, testbed })
}

/** Runs the fences under a label of the drill, if there are any. */
export const runFences = async (
  { drill, step }: Rehearsal,
  part: DrillPart,
  runPart: RunPart,
  environment: Readonly<Record<string, string>> = {},
): Promise<StepRun | undefined> => {
  const fences = partOf(drill, part)
  if (fences === undefined) return undefined
  const name = part === 'lost' ? 'nothing lost' : part
  return runPart(fences.line, { name, step: step.number, environment })
}

/** Repeats a step until it holds or its time is over, counted from `from`. */
export const recover = async (
  { recoversWithinMilliseconds: within }: Rehearsal,
  { journal, signal }: World,
  from: number,
  run: () => Promise<StepRun>,
): Promise<Recovery> => {
  for (let tries = 1; ; tries += 1) {
    const last = await run()
    const milliseconds = performance.now() - from
    if (held(last) || milliseconds > within) {
      const words = held(last) ? 'holds again' : 'does not hold'
      journal.note(
        `recovery: step ${last.step} ${words} after ${Math.round(milliseconds)} ms, try ${tries}`,
      )
      return { tries, last, milliseconds }
    }
    await sleep(triesSpacingMilliseconds, undefined, { signal })
  }
}
