import { setTimeout as sleep } from 'node:timers/promises'
import type { FaultSpecification } from '../faults/fault.ts'
import { putFault } from '../faults/kinds.ts'
import type { FaultSeen, StepRun } from '../seen.ts'
import type { Signs } from '../symptoms/symptom-kind.ts'
import type { Symptom } from '../symptoms/symptom.ts'
import type { SessionOptions } from './session.ts'
import { watchSigns } from './signs.ts'

/** A fault in force on a testbed, and what is seen meanwhile. */
export interface FaultWatch {
  /** Notes a run under the fault. */
  ran(run: StepRun): void
  /**
   * Watches, beside what follows, until the symptoms show or long enough; `finish` waits for it, and
   * who is about to mend something must.
   */
  watchSigns(symptoms: readonly Symptom[], last: StepRun): Promise<unknown>
  /** Notes what the fences under Symptoms or Prevention came to. */
  fencesRan(run: StepRun): void
  /**
   * Resolves when the harness lifted the fault at its time, with the milliseconds of
   * `performance.now()`; never where the solution ends it.
   */
  readonly lifted: Promise<number>
  /** What the solution's commands find in their environment. */
  readonly environment: Readonly<Record<string, string>>
  /** Lifts it now, if it is still there, and says what was seen. Once is enough. */
  finish(): Promise<Omit<FaultSeen, 'before'>>
}

/** What is put, what is looked for, and when it is lifted; absent: not before the end. */
export interface WatchOptions {
  readonly fault: FaultSpecification
  readonly symptoms: readonly Symptom[]
  readonly endsAfterMilliseconds?: number
  /** It is not lifted before this, however late: what is asked meanwhile must find it in force. */
  readonly notBefore?: Promise<unknown>
}

/**
 * Puts a fault on a testbed and lifts it after a time. Whatever happens, `finish` must be called.
 */
export const watchFault = async (
  session: Pick<SessionOptions, 'testbed' | 'world' | 'surroundings'>,
  { fault: specification, symptoms, endsAfterMilliseconds, notBefore }: WatchOptions,
): Promise<FaultWatch> => {
  const { testbed, world, surroundings } = session
  const logBefore = await testbed.log()
  testbed.markDirty()
  const begun = Date.now()
  const fault = await putFault(testbed, specification, surroundings)
  const from = performance.now()
  world.journal.note(`fault in: ${specification.text}`)
  const runs: StepRun[] = []
  const timer = new AbortController()
  let signs: Promise<Signs> | undefined
  let fences: StepRun | undefined
  let brokeAfterMilliseconds: number | undefined
  let bitAt: number | undefined
  let finished: Promise<Omit<FaultSeen, 'before'>> | undefined
  // Asked before it is taken away: afterwards nobody may know it any more.
  const lift = async (): Promise<void> => {
    bitAt ??= await fault.firstBite()
    await fault.lift()
  }
  const lifted =
    endsAfterMilliseconds === undefined
      ? new Promise<never>(() => {})
      : sleep(endsAfterMilliseconds, undefined, {
          signal: AbortSignal.any([timer.signal, world.signal]),
        }).then(async () => {
          await notBefore
          timer.signal.throwIfAborted()
          await lift()
          world.journal.note(`fault lifted after ${Math.round(performance.now() - from)} ms`)
          return performance.now()
        })
  // Nobody waits for it in a drill that ends earlier.
  lifted.catch(() => {})
  const watch = await watchSigns(session, logBefore, symptoms).catch(async (error: unknown) => {
    timer.abort()
    await lift()
    throw error
  })
  const finish = async (): Promise<Omit<FaultSeen, 'before'>> => {
    timer.abort()
    const seen = await (signs ?? watch.look([]))
    await lift()
    return {
      runs,
      signs: seen,
      ...(fences === undefined ? {} : { fences }),
      ...(bitAt === undefined ? {} : { bitAfterMilliseconds: Math.max(0, bitAt - begun) }),
      ...(brokeAfterMilliseconds === undefined ? {} : { brokeAfterMilliseconds }),
    }
  }
  return {
    lifted,
    environment: fault.environment ?? {},
    ran: (run) => {
      runs.push(run)
      if (run.unmet.length > 0) brokeAfterMilliseconds ??= performance.now() - from
    },
    watchSigns: (wanted, last) => {
      signs = watch.waitFor(wanted, last)
      signs.catch(() => {})
      return signs
    },
    fencesRan: (run) => {
      fences = run
    },
    finish: () => {
      finished ??= finish()
      return finished
    },
  }
}
