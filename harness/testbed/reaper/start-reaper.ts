import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { extname } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { processRow, type ProcessIdentity } from '../custody/process-table.ts'
import { formatLine, type RegistryLine } from '../custody/registry.ts'

/** The reaper has nothing left to end by then; what it still does is remove a folder. */
const closeMilliseconds = 4000

/** The reaper of this run, as its owner sees it. */
export interface Reaper {
  readonly identity: ProcessIdentity
  tell(line: RegistryLine): void
  /** Lets go of the pipe and waits, for a bounded time, until the reaper has done its work. */
  close(): Promise<void>
}

/** The same file beside this one: `.ts` in the sources, `.js` in what `tsc` made of them. */
const reaperFile = (): string => {
  const here = new URL(import.meta.url)
  return fileURLToPath(new URL(`./reaper${extname(here.pathname)}`, here))
}

/**
 * Starts the reaper of a run: detached, so that nothing that is sent to our terminal reaches it, and
 * with nothing of our environment. It never keeps our process from ending.
 *
 * Throws what `spawn` says where Node cannot be started again.
 */
export const startReaper = async (folder: string): Promise<Reaper> => {
  const child = spawn(
    process.execPath,
    ['--max-old-space-size=64', '--no-warnings', reaperFile(), folder],
    { cwd: '/', env: {}, detached: true, stdio: ['pipe', 'ignore', 'ignore'] },
  )
  // A reaper that was killed breaks the pipe: the owner still cleans up when it closes.
  child.on('error', () => {})
  child.stdin.on('error', () => {})
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
  })
  if (child.pid === undefined) await once(child, 'spawn')
  child.unref()
  // A pipe of a child is a socket, though its type does not say so.
  if ('unref' in child.stdin && typeof child.stdin.unref === 'function') child.stdin.unref()
  const pid = child.pid ?? 0
  const startTime = (await processRow(pid))?.startTime ?? ''
  return {
    identity: { pid, startTime },
    tell: (line) => {
      if (child.stdin.writable) child.stdin.write(formatLine(line))
    },
    close: async () => {
      child.stdin.end()
      child.ref()
      await Promise.race([exited, after(closeMilliseconds, undefined, { ref: false })])
    },
  }
}
