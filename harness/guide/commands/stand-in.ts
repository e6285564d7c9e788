import type { Testbed } from '../../testbed/testbed.ts'

/** What a stand-in is called with. */
export interface CommandCall {
  /** The words after those that the config names it by, variables filled in. */
  readonly arguments: readonly string[]
  /** The testbed of the case; the step or the drill goes on in it. */
  readonly testbed: Testbed
  /** What a program would find in its environment. */
  readonly environment: Readonly<Record<string, string>>
}

/** What a command printed, and how it ended. */
export interface CommandAnswer {
  readonly stdout: string
  readonly stderr?: string
  /** Default: 0. */
  readonly exit?: number
}

/**
 * Does in a testbed what a command does in the world. The default export of a module that the
 * config names under `commands`.
 *
 * @example
 * // fixtures/commands/set-env.ts, for `kubectl set env`
 * const setEnv: StandIn = async ({ arguments: [, ...settings], testbed }) => {
 *   await testbed.restartProvider(Object.fromEntries(settings.map((one) => one.split('='))))
 *   return { stdout: 'deployment.apps/orders env updated\n' }
 * }
 * export default setEnv
 */
export type StandIn = (call: CommandCall) => CommandAnswer | Promise<CommandAnswer>

/** What the config says of commands: a stand-in, or `true` for a program that may run. */
export type Commands = Readonly<Record<string, StandIn | true>>
