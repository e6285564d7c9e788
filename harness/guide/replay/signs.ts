import { setTimeout as sleep } from 'node:timers/promises'
import { send } from '../../testbed/http/send.ts'
import type { StepRun } from '../seen.ts'
import type { Signs } from '../symptoms/symptom-kind.ts'
import { unmetSymptom } from '../symptoms/phrases.ts'
import type { Symptom } from '../symptoms/symptom.ts'
import { metricIn } from './metrics.ts'
import { newLines } from './new-lines.ts'
import type { SessionOptions } from './session.ts'

/** How long the provider may take to write down what it has seen. */
const withinMilliseconds = 2000
const pollMilliseconds = 50
const answerMilliseconds = 5000
const bytesMax = 1024 * 1024

type Bed = Pick<SessionOptions, 'testbed' | 'world' | 'surroundings'>

/** Looks at what shows beside a step: the log, metrics, health. */
export interface SignWatch {
  /** What shows now of that which some symptoms speak of; the log always. */
  look(symptoms: readonly Symptom[]): Promise<Signs>
  /** The same, when all symptoms of that kind show or after long enough. */
  waitFor(symptoms: readonly Symptom[], last: StepRun): Promise<Signs>
}

const ask = async ({ testbed, world }: Bed, path: string) => {
  const { answer } = await send(
    { method: 'GET', url: `${testbed.description.providerUrl}${path}`, headers: [] },
    { timeoutMilliseconds: answerMilliseconds, bytesMax, signal: world.signal },
  )
  return answer === undefined
    ? undefined
    : { status: answer.status, text: new TextDecoder().decode(answer.body) }
}

const metricsOf = async (bed: Bed, symptoms: readonly Symptom[]) => {
  const names = symptoms.flatMap((one) => (one.kind === 'metric' ? [one.name] : []))
  if (names.length === 0) return undefined
  const answer = await ask(bed, bed.surroundings.metricsPath)
  return new Map(names.map((name) => [name, metricIn(answer?.text ?? '', name)] as const))
}

const healthOf = async (bed: Bed, symptoms: readonly Symptom[]): Promise<string | undefined> => {
  if (!symptoms.some(({ kind }) => kind === 'health')) return undefined
  const answer = await ask(bed, bed.surroundings.healthPath)
  return answer === undefined ? undefined : `${answer.status} ${answer.text}`
}

/**
 * Begins to watch: what `symptoms` speak of is counted from this moment on, the log from `logBefore`.
 *
 * @example
 * const watch = await watchSigns(bed, await testbed.log(), drill.symptoms)
 */
export const watchSigns = async (
  bed: Bed,
  logBefore: readonly string[],
  symptoms: readonly Symptom[],
): Promise<SignWatch> => {
  const before = await metricsOf(bed, symptoms)
  const look: SignWatch['look'] = async (wanted) => {
    const now = await metricsOf(bed, wanted)
    // A metric with labels is not there before it is first counted.
    const risen = [...(now ?? [])].flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value - (before?.get(name) ?? 0)] as const],
    )
    const health = await healthOf(bed, wanted)
    return {
      log: newLines(logBefore, await bed.testbed.log()),
      ...(now === undefined ? {} : { risen: Object.fromEntries(risen) }),
      ...(health === undefined ? {} : { health }),
    }
  }
  return {
    look,
    waitFor: async (wanted, last) => {
      const end = performance.now() + withinMilliseconds
      const slow = wanted.filter(({ kind }) => ['log', 'metric', 'health'].includes(kind))
      for (;;) {
        const signs = await look(wanted)
        const missing = slow.some(
          (symptom) => unmetSymptom(symptom, { ...last.sight, ...signs }) !== undefined,
        )
        if (!missing || performance.now() > end) return signs
        await sleep(pollMilliseconds, undefined, { signal: bed.world.signal })
      }
    },
  }
}
