import { spawn } from 'node:child_process'
import type { CommandAnswer } from './stand-in.ts'

/** What a program is run with. */
export interface ProgramOptions {
  /** Its working folder. */
  readonly folder: string
  /** All of its environment. */
  readonly environment: Readonly<Record<string, string>>
  readonly timeoutMilliseconds: number
  readonly signal: AbortSignal
}

const bytesMax = 256 * 1024

const endGroup = (pid: number | undefined): void => {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended already.
  }
}

/**
 * Runs one program without a shell, in a process group of its own, and waits for its end. What it
 * started and left behind is ended with it. A program that cannot be started, takes too long or
 * prints too much says so on standard error, with an exit status as a shell would give it (127, 124).
 *
 * @example
 * await runProgram('curl', ['--version'], { folder, environment, timeoutMilliseconds: 10_000, signal })
 */
export const runProgram = (
  program: string,
  args: readonly string[],
  { folder, environment, timeoutMilliseconds, signal }: ProgramOptions,
): Promise<Required<CommandAnswer>> =>
  new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: folder,
      env: environment,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const texts = { stdout: '', stderr: '' }
    let stopped: { readonly exit: number; readonly why: string } | undefined
    const stop = (exit: number, why: string): void => {
      stopped ??= { exit, why }
      endGroup(child.pid)
    }
    for (const name of ['stdout', 'stderr'] as const)
      child[name].setEncoding('utf8').on('data', (chunk: string) => {
        texts[name] += chunk
        if (texts[name].length > bytesMax) stop(141, `it printed more than ${bytesMax} bytes`)
      })
    const timer = setTimeout(
      () => stop(124, `it had not ended after ${timeoutMilliseconds / 1000} s`),
      timeoutMilliseconds,
    )
    const onAbort = (): void => stop(130, 'the run ended first')
    signal.addEventListener('abort', onAbort, { once: true })
    const end = (exit: number, why = ''): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      endGroup(child.pid)
      resolve({ stdout: texts.stdout, stderr: `${texts.stderr}${why}`, exit })
    }
    child.once('error', (error) => end(127, `it cannot be started: ${error.message}`))
    child.once('close', (code, ended) =>
      stopped === undefined
        ? end(code ?? 1, code === null ? `ended by ${ended}` : '')
        : end(stopped.exit, stopped.why),
    )
  })
