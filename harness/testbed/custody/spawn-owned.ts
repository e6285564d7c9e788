import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { Blocked } from '../../model/user-error.ts'
import type { Exit, OwnedProcess, SpawnOptions } from '../custody.ts'
import { endGroup } from './end-group.ts'
import { lineLog } from './line-log.ts'
import { processRow } from './process-table.ts'
import type { OwnedGroup } from './registry.ts'
import { runMarker } from './run-marker.ts'

const graceMilliseconds = 2000

/** A grandchild may hold the streams open for ever; the log of one that ended is in by then. */
const lastLinesMilliseconds = 200

/** What happens to a process in custody, for the registry. */
export interface SpawnEvents {
  readonly runId: string
  registered(group: OwnedGroup): void
  gone(pid: number): void
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such program on the PATH that it was given',
  EACCES: 'it may not be executed',
}

const couldNotStart = (command: string, error: unknown): Blocked => {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  const reason = reasons[code] ?? (error instanceof Error ? error.message : String(error))
  return new Blocked({
    problem: `"${command}" could not be started: ${reason}.`,
    fix: `install it, or correct the command`,
  })
}

const start = async (
  command: string,
  args: readonly string[],
  { cwd, environment, uid, gid }: SpawnOptions,
  runId: string,
): Promise<ChildProcess> => {
  try {
    const child = spawn(command, args, {
      ...(cwd === undefined ? {} : { cwd }),
      ...(uid === undefined ? {} : { uid }),
      ...(gid === undefined ? {} : { gid }),
      env: { ...environment, [runMarker]: runId },
      // A group of its own: Ctrl-C in the terminal must not reach it before its owner decides.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    if (child.pid === undefined) await once(child, 'spawn')
    return child
  } catch (error) {
    throw couldNotStart(command, error)
  }
}

const endOf = (child: ChildProcess): Promise<Exit> =>
  new Promise((resolve) => {
    child.once('exit', (code, signalName) => {
      const exit: Exit = { code, signal: signalName }
      const timer = setTimeout(() => resolve(exit), lastLinesMilliseconds)
      child.once('close', () => {
        clearTimeout(timer)
        resolve(exit)
      })
    })
  })

/**
 * Starts a process in a group of its own and takes it into custody until the whole group is gone:
 * when its leader ends by itself, what it started is ended too.
 *
 * Throws `Blocked` where the program cannot be started at all.
 */
export const spawnOwned = async (
  command: string,
  args: readonly string[],
  options: SpawnOptions,
  events: SpawnEvents,
): Promise<OwnedProcess> => {
  const child = await start(command, args, options, events.runId)
  const pid = child.pid ?? 0
  const log = lineLog()
  if (child.stdout !== null) log.follow(child.stdout)
  if (child.stderr !== null) log.follow(child.stderr)
  child.on('error', () => {})
  const exited = endOf(child)
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
  })
  const stopSignal = options.stopSignal ?? 'SIGTERM'
  const startTime = (await processRow(pid))?.startTime ?? ''
  events.registered({ pid, startTime, signal: stopSignal })

  const end = async (milliseconds: number): Promise<void> => {
    await endGroup(pid, stopSignal, ended, milliseconds)
    events.gone(pid)
  }
  let stopping: Promise<void> | undefined
  const stop = (milliseconds = graceMilliseconds): Promise<void> => {
    stopping ??= end(milliseconds)
    return stopping
  }
  // Whoever asks for the end is told what went wrong; here nobody asked.
  ended.then(() => stop()).catch(() => {})
  return {
    pid,
    child,
    exited,
    log: (from) => log.lines(from),
    lineCount: () => log.count(),
    onLine: (listener) => log.onLine(listener),
    stop,
  }
}
