import type { Journal } from '../../model/journal.ts'
import type { Testbed } from '../../testbed/testbed.ts'
import { preciseNow } from '../../testbed/link/recording.ts'
import type { StateRun } from '../seen.ts'
import { handlerOf, type StateHandlers, type StateParameters, type StateValues } from '../states.ts'
import type { AnswerLimit } from './answer-limit.ts'
import { failureOf } from './failure-of.ts'
import type { ReplayOptions } from './options.ts'

/** What Pact asks of the endpoint that sets up provider states. */
export interface StateRequest {
  readonly state: string
  readonly action: 'setup' | 'teardown'
  readonly parameters: StateParameters
}

/** How one provider state is set up or torn down; resolves with values for the request. */
export type RunState = (request: StateRequest) => Promise<StateValues>

const checkedValues = (values: unknown): StateValues => {
  if (values === undefined || values === null) return {}
  if (typeof values !== 'object' || Array.isArray(values)) {
    throw new TypeError(
      `the handler returned ${Array.isArray(values) ? 'an array' : `a ${typeof values}`}, and an object of values (or nothing) was expected`,
    )
  }
  // Throws for what JSON cannot hold, here where the handler is known.
  return JSON.parse(JSON.stringify(values)) as StateValues
}

/**
 * Sets up states by handlers, which get the testbed.
 *
 * @example
 * const run = byHandlers(handlers, testbed)
 * await run({ state: 'order 1 exists', action: 'setup', parameters: {} })
 */
const byHandlers =
  (handlers: StateHandlers | undefined, testbed: Testbed): RunState =>
  async ({ state, action, parameters }) => {
    const handler = handlerOf(handlers, state)
    if (handler === undefined) throw new Error('it has no handler')
    return checkedValues(await handler[action]?.(parameters, testbed))
  }

/**
 * Has states set up by the provider itself, in Pact's own protocol. Pact would ask it directly, but
 * asks again for two minutes where it gets a 5xx.
 *
 * @example
 * const run = byProvider(new URL('/_pact/states', providerUrl), signal)
 */
const byProvider =
  (url: URL, signal: AbortSignal): RunState =>
  async ({ state, action, parameters }) => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ state, action, params: parameters, ...parameters }),
      signal,
    })
    const text = await answer.text()
    if (!answer.ok) {
      throw new Error(`POST ${url.pathname} answered ${answer.status}: ${text.slice(0, 500)}`)
    }
    try {
      const values: unknown = text.trim() === '' ? {} : JSON.parse(text)
      return typeof values === 'object' && !Array.isArray(values) ? (values as StateValues) : {}
    } catch {
      return {}
    }
  }

/** Sets up states as the options say: by the provider where they name a path, else by handlers. */
export const statesRunner = (
  { handlers, statesPath }: Pick<ReplayOptions, 'handlers' | 'statesPath'>,
  testbed: Testbed,
  signal: AbortSignal,
): RunState =>
  statesPath === undefined
    ? byHandlers(handlers, testbed)
    : byProvider(new URL(statesPath, `${testbed.description.providerUrl}/`), signal)

/** What bounds the handlers of states, and what watches them. */
interface StateBounds {
  /** When the case ends. */
  readonly signal: AbortSignal
  /** How long one handler may take. */
  readonly milliseconds: number
  /** The clock of the provider's answer, which starts when the last setup is done. */
  readonly limit?: AnswerLimit | undefined
}

/** Resolves and rejects as the value does, unless that takes too long or the case ends. */
const inTime = async <Value>(
  value: Promise<Value>,
  { signal, milliseconds }: StateBounds,
): Promise<Value> => {
  const { promise, reject } = Promise.withResolvers<never>()
  const abort = (): void => reject(new Error('the case ended before it was done'))
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort, { once: true })
  const late = (): void => reject(new Error(`it was not done within ${milliseconds / 1000} s`))
  const timer = setTimeout(late, milliseconds)
  try {
    return await Promise.race([value, promise])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', abort)
  }
}

/**
 * Answers Pact's requests for states and takes down how each went. Interactions without a state are
 * asked about as well, with an empty name: there is nothing to do.
 *
 * A failure resolves with `undefined`: the endpoint then answers 4xx, which fails the interaction
 * at once.
 */
export const recordedStates = (
  run: RunState,
  journal: Journal,
  bounds: StateBounds,
): {
  readonly runs: readonly StateRun[]
  readonly answer: (request: StateRequest) => Promise<StateValues | undefined>
  /** What the handlers of all setups returned, the last over the first. */
  readonly values: () => StateValues
  /** When the last setup was over, in milliseconds since 1970: Pact asks the provider after that. */
  readonly setUpAt: () => number
} => {
  const runs: StateRun[] = []
  let setUpAt = preciseNow()
  let all: StateValues = {}
  return {
    runs,
    values: () => all,
    setUpAt: () => setUpAt,
    answer: async (request) => {
      const { state, action } = request
      bounds.limit?.end()
      try {
        if (state === '') return {}
        const values = await inTime(run(request), bounds)
        if (action === 'setup') all = { ...all, ...values }
        runs.push({ state, action })
        journal.note(`state "${state}": ${action} done`)
        return values
      } catch (error) {
        runs.push({ state, action, failure: failureOf(error) })
        journal.note(`state "${state}": ${action} failed`)
        return undefined
      } finally {
        if (action === 'setup') {
          setUpAt = preciseNow()
          bounds.limit?.begin()
        }
      }
    },
  }
}
