import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseDuration } from '../../config/duration.ts'
import { fillPlaceholders } from '../../config/placeholders.ts'
import type { CommandConfig } from '../../config/schema.ts'
import { Blocked, UserError } from '../../model/user-error.ts'
import type { Custody } from '../custody.ts'
import { basicEnvironment, providerEnvironment } from '../provider/environment.ts'
import { freePort } from '../provider/free-port.ts'
import { waitReady } from '../provider/wait-ready.ts'
import { runHook, type Listening } from './hook.ts'

const graceMilliseconds = 1000
const hookMilliseconds = 30_000

/** A program that is ready. */
export interface RunningProgram extends Listening {
  /** The longest that the module `reset` may take is 30 s. Throws as `runHook` does. */
  reset(): Promise<void>
  failure(): Blocked | undefined
  close(): Promise<void>
}

/** What a program is started with. */
export interface ProgramStart {
  readonly name: string
  /** How messages name it in the config: `integrations.orders.dependencies.search`. */
  readonly where: string
  readonly config: CommandConfig
  readonly root: string
  readonly inherited: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
}

const addressTaken = /EADDRINUSE|address (?:is )?already in use|port \S* ?(?:is )?already in use/i

const workingFolder = async ({ root, config, where }: ProgramStart): Promise<string> => {
  const folder = resolve(root, config.cwd ?? '.')
  if ((await stat(folder).catch(() => undefined))?.isDirectory() === true) return folder
  throw new UserError({
    problem: `${where}.cwd is no folder: ${JSON.stringify(config.cwd)}.`,
    expected: 'a folder, relative to the one of the config',
    fix: 'correct the path',
  })
}

const attempt = async (custody: Custody, start: ProgramStart): Promise<RunningProgram> => {
  const { name, where, config, root, inherited, signal } = start
  const port = await freePort()
  const values = { port: String(port) }
  const [program = '', ...args] = config.command.map((part, index) =>
    fillPlaceholders(part, values, `${where}.command[${index}]`),
  )
  const environment = providerEnvironment(config.environment, {
    values,
    inherited,
    where: `${where}.environment`,
  })
  const cwd = await workingFolder(start)
  signal.throwIfAborted()
  const owned = await custody.spawn(program, args, { cwd, environment })
  let failure: Blocked | undefined
  let closing = false
  void owned.exited.then((exit) => {
    if (closing) return undefined
    failure = new Blocked({
      problem: `The dependency "${name}" ended while it was needed (${exit.signal ?? `exit status ${exit.code}`}).`,
      fix: 'read its log, which follows',
      log: owned.log().slice(-20).join('\n'),
    })
    return failure
  })
  const close = async (): Promise<void> => {
    closing = true
    await owned.stop(graceMilliseconds)
  }
  const hook = { root, environment: basicEnvironment(inherited) }
  try {
    const { ready = { port: true } as const, reset } = config
    const byModule = 'module' in ready ? ready : undefined
    const host = await waitReady(owned, {
      title: `The dependency "${name}"`,
      port,
      ready: 'module' in ready ? { port: true, within: ready.within } : ready,
      signal,
    })
    const listening: Listening = {
      url: `http://${host}:${port}`,
      host: host.replaceAll(/[[\]]/g, ''),
      port,
    }
    if (byModule !== undefined) {
      const withinMilliseconds = parseDuration(byModule.within ?? '') ?? hookMilliseconds
      await runHook(
        custody,
        { ...hook, name: 'ready', module: byModule.module, withinMilliseconds },
        listening,
      )
    }
    return {
      ...listening,
      reset: async () => {
        if (reset === undefined) return
        const { module } = reset
        await runHook(
          custody,
          { ...hook, name: 'reset', module, withinMilliseconds: hookMilliseconds },
          listening,
        )
      },
      failure: () => failure,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/**
 * Starts a program of the user's as a dependency and waits until it is ready. A port that somebody
 * else took in between is tried once more with another.
 *
 * Throws `Blocked` where it cannot be started, ends early or is not ready in time, with the last
 * lines of its log; a `UserError` where its config makes no sense. It is gone by then.
 */
export const startProgram = async (
  custody: Custody,
  start: ProgramStart,
): Promise<RunningProgram> => {
  try {
    return await attempt(custody, start)
  } catch (error) {
    if (!(error instanceof Blocked) || !addressTaken.test(error.parts.log ?? '')) throw error
    return attempt(custody, start)
  }
}
