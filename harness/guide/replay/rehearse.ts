import type { DrillSeen, FaultSeen, Recovery, StepRun } from '../seen.ts'
import { askMeanwhile, type Meanwhile } from './ask-meanwhile.ts'
import { ScenarioEnded } from './outcome.ts'
import { held, recover, runFences, type Rehearsal } from './rehearsal.ts'
import { runScenario, type RunPart } from './run-scenario.ts'
import type { SessionOptions } from './session.ts'
import { watchFault, type FaultWatch } from './under-fault.ts'

/** What the phases on the testbed with the fault came to. */
export type Rehearsed = Pick<DrillSeen, 'solution' | 'recovery' | 'after' | 'lost'> & {
  readonly fault: FaultSeen
}

/**
 * Which steps run on the testbed with the fault: the named one and, where it is one of a sequence,
 * all of that and Rollback, which cleans up.
 */
const stepsUnderFault = ({ options, step }: Rehearsal): ReadonlySet<number> => {
  const { steps, rollback } = options.detail.scenario
  if (step.kind === 'bulleted') return new Set([step.number])
  const undo = rollback === undefined || rollback.fences.length === 0 ? [] : [rollback]
  return new Set(
    [...steps.filter(({ kind }) => kind === 'numbered'), ...undo].map(({ number }) => number),
  )
}

/** What is known while the phases go by. */
interface Progress {
  /** Resolves when what is asked during the fault was answered. */
  readonly asked: PromiseWithResolvers<void>
  watch?: FaultWatch
  meanwhile?: Meanwhile
  solution?: StepRun
  recovery?: Recovery
  readonly after: StepRun[]
}

/** The named step has broken: symptoms, what is asked meanwhile, the end of the fault, recovery. */
const mend = async (
  rehearsal: Rehearsal,
  session: SessionOptions,
  progress: Progress,
  watch: FaultWatch,
  broken: StepRun,
  run: () => Promise<StepRun>,
  runPart: RunPart,
): Promise<void> => {
  const { symptoms, endsAfterMilliseconds, drill } = rehearsal
  const { journal } = session.world
  const signs = watch.watchSigns(symptoms, broken)
  const shown = await runFences(rehearsal, 'symptoms', runPart, watch.environment)
  if (shown !== undefined) watch.fencesRan(shown)
  if (drill.lost !== undefined) progress.meanwhile = await askMeanwhile(rehearsal, session)
  progress.asked.resolve()
  // A solution takes the signs away; a fault that the harness lifts has had its time to show them.
  if (endsAfterMilliseconds === undefined) await signs
  const lifted = endsAfterMilliseconds === undefined ? undefined : await watch.lifted
  const from = lifted ?? performance.now()
  journal.note(lifted === undefined ? 'solution begins' : 'solution, after the fault was lifted')
  const solution = await runFences(rehearsal, 'solution', runPart, watch.environment)
  if (solution !== undefined) progress.solution = solution
  if (solution !== undefined && !held(solution)) throw new ScenarioEnded()
  progress.recovery = await recover(rehearsal, session.world, from, run)
  if (!held(progress.recovery.last)) throw new ScenarioEnded()
}

/**
 * Given; fault in; steps up to the first that breaks; symptoms; the end of the fault; recovery; the
 * steps after it and Rollback.
 */
export const rehearse = async (
  rehearsal: Rehearsal,
  session: SessionOptions,
): Promise<Rehearsed> => {
  const { script, step: named } = rehearsal
  const { journal } = session.world
  const progress: Progress = { after: [], asked: Promise.withResolvers() }
  try {
    const given = await runScenario(
      session,
      script,
      stepsUnderFault(rehearsal),
      async (number, run, runPart) => {
        if (progress.recovery !== undefined) {
          const last = await run()
          progress.after.push(last)
          if (!held(last)) throw new ScenarioEnded()
          return
        }
        progress.watch ??= await watchFault(session, {
          ...rehearsal,
          ...(rehearsal.drill.lost === undefined ? {} : { notBefore: progress.asked.promise }),
        })
        const { watch } = progress
        const seen = await run()
        watch.ran(seen)
        if (held(seen)) return
        journal.note(`symptom: step ${number} broke after ${Math.round(seen.milliseconds)} ms`)
        if (number !== named.number) throw new ScenarioEnded()
        await mend(rehearsal, session, progress, watch, seen, run, runPart)
      },
    )
    const { watch, meanwhile, solution, recovery, after } = progress
    const recovered = recovery !== undefined && held(recovery.last)
    const lost = await meanwhile?.finish(recovered)
    const seen = await watch?.finish()
    return {
      fault: { ...(seen ?? { runs: [], signs: { log: [] } }), before: [given] },
      ...(solution === undefined ? {} : { solution }),
      ...(recovery === undefined ? {} : { recovery, after }),
      ...(lost === undefined ? {} : { lost }),
    }
  } finally {
    progress.asked.resolve()
    await progress.meanwhile?.finish(false).catch(() => {})
    await progress.watch?.finish()
    journal.note('clean-up: the fault is gone')
  }
}
