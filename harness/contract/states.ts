import { UserError } from '../model/user-error.ts'
import { nearest } from '../model/nearest.ts'
import type { Testbed } from '../testbed/testbed.ts'
import { isRecord } from '../model/is-record.ts'
import { defaultExportOf } from './handlers-module.ts'

/** The parameters that a contract gives to a provider state (Pact 3 and later). */
export type StateParameters = Readonly<Record<string, unknown>>

/** Values that a handler hands back for generators of type `ProviderState` to put in the request. */
export type StateValues = Readonly<Record<string, unknown>>

/** Brings a provider state about in one testbed. What it throws fails the interaction. */
export type StateSetup = (
  parameters: StateParameters,
  testbed: Testbed,
) => Promise<StateValues | undefined | void> | StateValues | undefined | void

/**
 * What makes a provider state true: a function, or an object where the state also names the
 * credential that the request must carry or has something to clear away afterwards. (What was
 * made in the testbed needs no clearing: nobody else gets to see it.)
 */
export type StateHandler =
  | StateSetup
  | {
      /** The name of a credential of the config, for requests in this state. */
      readonly credential?: string
      readonly setup: StateSetup
      readonly teardown?: StateSetup
    }

/** Handlers by the name of their state, as contracts have it. */
export type StateHandlers = Readonly<Record<string, StateHandler>>

/**
 * Types the default export of a module of state handlers.
 *
 * @example
 * export default defineStates({
 *   'order 1 exists': async (parameters, testbed) => {
 *     await testbed.database().query('INSERT INTO orders (id) VALUES ($1)', [1])
 *   },
 * })
 */
export const defineStates = <const Handlers extends StateHandlers>(handlers: Handlers): Handlers =>
  handlers

/**
 * The handler of a state, if there is one. Only the module's own keys count: a state may well be
 * called `constructor`.
 */
export const handlerOf = (
  handlers: StateHandlers | undefined,
  state: string,
): Exclude<StateHandler, StateSetup> | undefined => {
  if (handlers === undefined || !Object.hasOwn(handlers, state)) return undefined
  const handler = handlers[state]
  return typeof handler === 'function' ? { setup: handler } : handler
}

const keys = ['credential', 'setup', 'teardown']

const checkHandler = (file: string, state: string, handler: unknown): void => {
  if (typeof handler === 'function') return
  const wrong = (problem: string, fix: string): UserError =>
    new UserError({
      problem: `the handler of the state ${JSON.stringify(state)} ${problem}`,
      place: { file },
      expected: 'a function, or { credential?, setup, teardown? }',
      fix,
    })
  if (!isRecord(handler)) {
    throw wrong('is no function', 'write it as async (parameters, testbed) => { … }')
  }
  const unknown = Object.keys(handler).find((key) => !keys.includes(key))
  if (unknown !== undefined) {
    const meant = nearest(unknown, keys)
    throw wrong(
      `has an unknown key "${unknown}"`,
      meant === undefined ? `take "${unknown}" out` : `write "${meant}"`,
    )
  }
  if (typeof handler['setup'] !== 'function') {
    throw wrong('has no function "setup"', 'add setup: async (parameters, testbed) => { … }')
  }
  if (handler['teardown'] !== undefined && typeof handler['teardown'] !== 'function') {
    throw wrong('has a "teardown" that is no function', 'write it as a function, or take it out')
  }
  if (handler['credential'] !== undefined && typeof handler['credential'] !== 'string') {
    throw wrong('has a "credential" that is no name', 'name a credential of the config')
  }
}

/**
 * The handlers of a loaded module: its default export.
 *
 * `file` is the module's path, for messages. Throws a `UserError` that names the file and the
 * state for anything that is no handler.
 *
 * @example
 * const handlers = stateHandlersOf('fixtures/orders.states.ts', await import(path))
 */
export const stateHandlersOf = (file: string, module: unknown): StateHandlers => {
  const exported = defaultExportOf(file, module, {
    what: 'state handlers',
    short: 'handlers',
    expected:
      'export default defineStates({ "name of the state": async (parameters, testbed) => { … } })',
  })
  for (const [state, handler] of Object.entries(exported)) checkHandler(file, state, handler)
  return exported as StateHandlers
}
