import { setTimeout as sleep } from 'node:timers/promises'
import { putFault } from '../faults/kinds.ts'
import type { FaultSpecification } from '../faults/fault.ts'
import type { StepRun, FaultSeen } from '../seen.ts'
import type { Symptom } from '../symptoms/symptom.ts'
import { unmetSymptom } from '../symptoms/phrases.ts'
import type { SessionOptions } from './session.ts'
import { newLines } from './new-lines.ts'

/** How long the provider may take to write down what it has seen. */
const logMilliseconds = 2000
const pollMilliseconds = 50

/** A fault in force on a testbed, and what is seen meanwhile. */
export interface FaultWatch {
  /** Runs under the fault, in order. */
  readonly runs: StepRun[]
  /** Notes that a step broke. */
  broke(): void
  /**
   * Watches the log, beside what follows, until it says what the symptoms ask of it or long enough;
   * `finish` waits for that.
   */
  watchLog(symptoms: readonly Symptom[], last: StepRun): void
  /** Resolves when the fault was lifted at its time; the milliseconds of `performance.now()`. */
  readonly lifted: Promise<number>
  /** Lifts it now, if it is still there, and says what was seen. */
  finish(): Promise<FaultSeen>
}

/**
 * Puts a fault on a testbed and lifts it after a time. Whatever happens, `finish` must be called.
 */
export const watchFault = async (
  { testbed, world }: Pick<SessionOptions, 'testbed' | 'world'>,
  specification: FaultSpecification,
  afterMilliseconds: number,
): Promise<FaultWatch> => {
  const logBefore = await testbed.log()
  const newLog = async (): Promise<readonly string[]> => newLines(logBefore, await testbed.log())
  testbed.markDirty()
  const fault = await putFault(testbed, specification)
  const [putAt, from] = [Date.now(), performance.now()]
  world.journal.note(`fault in: ${specification.text}`)
  const runs: StepRun[] = []
  const timer = new AbortController()
  let brokeAfterMilliseconds: number | undefined
  let bitAt: number | undefined
  // Asked before it is taken away: afterwards nobody may know it any more.
  const lift = async (): Promise<void> => {
    bitAt ??= await fault.firstBite()
    await fault.lift()
  }
  /** The log when it says what it should, or after long enough. */
  const logWith = async (
    symptoms: readonly Symptom[],
    last: StepRun,
  ): Promise<readonly string[]> => {
    const end = performance.now() + logMilliseconds
    const wanted = symptoms.filter(({ kind }) => kind === 'log')
    for (;;) {
      const log = await newLog()
      const missing = wanted.some((one) => unmetSymptom(one, { ...last.sight, log }) !== undefined)
      if (!missing || performance.now() > end) return log
      await sleep(pollMilliseconds, undefined, { signal: world.signal })
    }
  }
  let logSeen: Promise<readonly string[]> | undefined
  const lifted = sleep(afterMilliseconds, undefined, {
    signal: AbortSignal.any([timer.signal, world.signal]),
  }).then(async () => {
    await lift()
    world.journal.note(`fault lifted after ${Math.round(performance.now() - from)} ms`)
    return performance.now()
  })
  // Nobody waits for it in a drill that ends earlier.
  lifted.catch(() => {})
  return {
    runs,
    lifted,
    broke: () => {
      brokeAfterMilliseconds ??= performance.now() - from
    },
    watchLog: (symptoms, last) => {
      logSeen = logWith(symptoms, last)
      logSeen.catch(() => {})
    },
    finish: async () => {
      timer.abort()
      await lift()
      return {
        before: [],
        runs,
        log: await (logSeen ?? newLog()),
        ...(bitAt === undefined ? {} : { bitAfterMilliseconds: Math.max(0, bitAt - putAt) }),
        ...(brokeAfterMilliseconds === undefined ? {} : { brokeAfterMilliseconds }),
      }
    },
  }
}
