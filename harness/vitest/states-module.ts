import { type StateHandlers, stateHandlersOf } from '../contract/states.ts'
import { UserError } from '../model/user-error.ts'

/** The module of state handlers as the generated module imported it, or why it could not. */
export interface StatesModule {
  /** Relative to the root. */
  readonly file: string
  readonly exports?: unknown
  readonly error?: unknown
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).split('\n')[0] ?? ''

/** The line of the module at which it threw, where its stack says so. */
const lineIn = (file: string, error: unknown): number | undefined => {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  const line = stack.split('\n').find((frame) => frame.includes(`${file}:`))
  const match = line === undefined ? null : /:(\d+):\d+\)?$/.exec(line)
  return match === null ? undefined : Number(match[1])
}

/**
 * The handlers of a module.
 *
 * Throws a `UserError` that names the module where it is missing, has an error in it, or throws.
 */
export const loadedHandlers = (states: StatesModule): StateHandlers => {
  const { file, error } = states
  if (error === undefined) return stateHandlersOf(file, states.exports)
  const line = lineIn(file, error)
  throw new UserError({
    problem: `the module of state handlers cannot be loaded: ${firstLine(error)}`,
    place: line === undefined ? { file } : { file, line },
    expected: 'a module whose default export holds the handlers, by the name of their state',
    fix: 'mend it, or name another in provider.states.module of proofbook.config.ts',
  })
}
