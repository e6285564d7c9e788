import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { fillPlaceholders, type PlaceholderValues } from '../../config/placeholders.ts'
import type { ProviderConfig } from '../../config/schema.ts'
import { Blocked, UserError } from '../../model/user-error.ts'
import type { Custody, OwnedProcess } from '../custody.ts'
import { testbedMark, testbedMarker } from '../custody/leftovers.ts'
import { providerEnvironment } from './environment.ts'
import { freePort } from './free-port.ts'
import { look, type Look } from './probe.ts'
import { strangerOn } from './strangers.ts'
import { lookReady, waitReady } from './wait-ready.ts'

/** A provider is thrown away with its testbed: long enough to end in order, not to drain. */
const graceMilliseconds = 1000

/** What one start of a provider is made with. */
export interface ProviderStart {
  /** Which testbed it is part of. */
  readonly testbed: string
  readonly integration: string
  readonly config: ProviderConfig
  readonly root: string
  /** What fills its placeholders, all but the port. */
  readonly values: PlaceholderValues
  /** Where PATH, HOME, LANG, TMPDIR and secrets come from. */
  readonly inherited: Readonly<Record<string, string | undefined>>
  /** Settings that this testbed changes. */
  readonly changes: Readonly<Record<string, string>>
  /** The port to listen on; absent: any that is free. */
  readonly port?: number
  readonly signal: AbortSignal
}

/** A provider that is ready. */
export interface RunningProvider {
  /** Without a slash at its end. */
  readonly url: string
  readonly port: number
  /** How long it took to get ready. */
  readonly startMilliseconds: number
  /** From the given line on, counted from the first that it ever printed. */
  log(from?: number): readonly string[]
  lineCount(): number
  /** Looks once whether it is ready now. */
  look(): Promise<Look>
  /** Whether it has ended. */
  ended(): boolean
  /** With a grace time of 0 it is ended at once. Default: a second. */
  stop(graceMilliseconds?: number): Promise<void>
}

const portsTried = 3

const addressTaken = /EADDRINUSE|address (?:is )?already in use|port \S* ?(?:is )?already in use/i

const workingFolder = async (
  root: string,
  cwd: string | undefined,
  where: string,
): Promise<string> => {
  const folder = resolve(root, cwd ?? '.')
  const stats = await stat(folder).catch(() => undefined)
  if (stats?.isDirectory() === true) return folder
  throw new UserError({
    problem: `${where}.start.cwd is no folder: ${JSON.stringify(cwd)}.`,
    expected: 'a folder, relative to the one of the config',
    fix: 'correct the path',
  })
}

class PortTaken extends Blocked {
  constructor(title: string, port: number, stranger: string) {
    super({
      problem: `${title} could not listen on port ${port}: ${stranger} took it first, and answers there in its place.`,
      fix: 'end that program, or run again',
    })
  }
}

const attempt = async (
  custody: Custody,
  command: readonly string[],
  { testbed, integration, config, root, inherited, changes, signal, ...start }: ProviderStart,
  port: number,
): Promise<RunningProvider> => {
  const where = `integrations.${integration}.provider`
  const values = { ...start.values, port: String(port) }
  const [program = '', ...args] = command.map((part, index) =>
    fillPlaceholders(part, values, `${where}.start.command[${index}]`),
  )
  const environment = providerEnvironment(config.environment, {
    values,
    inherited,
    changes,
    where: `${where}.environment`,
  })
  const cwd = 'command' in config.start ? config.start.cwd : undefined
  const folder = await workingFolder(root, cwd, where)
  signal.throwIfAborted()
  const mark = testbedMark(custody, testbed)
  const started = performance.now()
  const owned: OwnedProcess = await custody.spawn(program, args, {
    cwd: folder,
    environment: { ...environment, [testbedMarker]: mark },
  })
  const { child } = owned
  try {
    const title = `The provider "${config.name ?? integration}"`
    const ready = config.ready ?? { port: true }
    const host = await waitReady(owned, { title, port, ready, signal })
    const stranger = await strangerOn(port, owned.pid, mark)
    if (stranger !== undefined) throw new PortTaken(title, port, stranger)
    return {
      url: `http://${host}:${port}`,
      port,
      startMilliseconds: performance.now() - started,
      log: (from) => owned.log(from),
      lineCount: () => owned.lineCount(),
      look: () => lookReady(ready, owned, (path) => look(port, path)),
      ended: () => child.exitCode !== null || child.signalCode !== null,
      stop: (grace = graceMilliseconds) => owned.stop(grace),
    }
  } catch (error) {
    await owned.stop(graceMilliseconds)
    throw error
  }
}

/** Another program was quicker: it answered in the provider's place, or the provider said so. */
const isPortTaken = (error: unknown): boolean =>
  error instanceof PortTaken ||
  (error instanceof Blocked && addressTaken.test(error.parts.log ?? ''))

/**
 * Starts a provider's command and waits until it is ready. Where somebody else took the port in
 * between, it is tried again with another one.
 *
 * Throws `Blocked` where it cannot be started, ends early or is not ready in time, with the last
 * lines of its log; a `UserError` where its config makes no sense. It is gone by then.
 */
export const startProvider = async (
  custody: Custody,
  command: readonly string[],
  start: ProviderStart,
): Promise<RunningProvider> => {
  for (let tried = 1; ; tried += 1)
    try {
      return await attempt(custody, command, start, start.port ?? (await freePort()))
    } catch (error) {
      if (!isPortTaken(error) || tried === portsTried) throw error
    }
}
