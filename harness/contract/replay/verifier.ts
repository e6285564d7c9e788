import { fork, type ChildProcess } from 'node:child_process'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { outsideOfCases } from '../../testbed/client/left-open.ts'
import type { Verification } from '../seen.ts'
import type { VerifierAnswer, VerifierJob } from './verifier-messages.ts'

/** Pact's verifier in a process of its own, which lives as long as ours and no longer. */
export interface Verifier extends AsyncDisposable {
  /** Starts the process ahead of its first job. */
  warm(): void
  /**
   * Verifies one slice after those that wait already. Rejects with the signal's reason when it is
   * aborted; the process is then ended, because the library cannot be interrupted.
   */
  verify(job: VerifierJob, signal: AbortSignal): Promise<Verification>
  /** Ends the process, with whatever it is at; the next job starts another. */
  kill(): void
}

const main = fileURLToPath(
  // The same file has another name in the package that is installed.
  new URL(`./verifier-process${extname(import.meta.url)}`, import.meta.url),
)

/**
 * The environment of the verifier. Pact reads filters, a broker and publishing from it, all of which
 * would change silently what is verified, and Rust's HTTP client would ask a proxy for loopback.
 *
 * @example
 * verifierEnvironment({ PACT_DESCRIPTION: 'x', NO_PROXY: 'intranet' })
 * // { PACT_DO_NOT_TRACK: 'true', LOG_LEVEL: 'silent', NO_PROXY: 'intranet,127.0.0.1,localhost', ... }
 */
export const verifierEnvironment = (
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> => {
  const kept = Object.entries(environment).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined &&
      (!entry[0].startsWith('PACT_') || entry[0].startsWith('PACT_PREBUILD_')),
  )
  const direct = [
    environment['NO_PROXY'] ?? environment['no_proxy'] ?? '',
    '127.0.0.1',
    'localhost',
  ]
    .filter((part) => part !== '')
    .join(',')
  return {
    ...Object.fromEntries(kept),
    PACT_DO_NOT_TRACK: 'true',
    LOG_LEVEL: 'silent',
    NO_PROXY: direct,
    no_proxy: direct,
  }
}

const charactersOfErrorsMax = 4000

const start = (): ChildProcess => {
  const child = outsideOfCases(() =>
    fork(main, [], {
      execArgv: [],
      env: verifierEnvironment(process.env),
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    }),
  )
  // Without this an idle verifier would keep our own process from ending.
  child.unref()
  child.channel?.unref()
  return child
}

interface Running {
  readonly child: ChildProcess
  readonly errors: () => string
}

const watched = (child: ChildProcess): Running => {
  let text = ''
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-charactersOfErrorsMax)
  })
  const { stderr } = child
  if (stderr !== null && 'unref' in stderr) (stderr as { unref(): void }).unref()
  return { child, errors: () => text.trim() }
}

const ask = ({ child, errors }: Running, job: VerifierJob, signal: AbortSignal) =>
  new Promise<Verification>((resolve, reject) => {
    const done = (): void => {
      child.off('message', onMessage).off('exit', onExit).off('error', onError)
      signal.removeEventListener('abort', onAbort)
      child.channel?.unref()
    }
    const onMessage = (answer: unknown): void => {
      done()
      resolve(answer as VerifierAnswer)
    }
    const onExit = (code: number | null, name: string | null): void => {
      done()
      const how = name === null ? `with status ${code}` : `by ${name}`
      resolve({ failure: `Pact's verifier ended ${how}. ${errors()}`.trim() })
    }
    const onError = (error: Error): void => {
      done()
      resolve({ failure: `Pact's verifier could not be started: ${error.message}` })
    }
    const onAbort = (): void => {
      done()
      child.kill('SIGKILL')
      reject(signal.reason as Error)
    }
    child.on('message', onMessage).on('exit', onExit).on('error', onError)
    signal.addEventListener('abort', onAbort, { once: true })
    child.channel?.ref()
    child.send(job)
  })

/** Does not wait in the queue for longer than the case has. */
const unlessAborted = <Value>(value: Promise<Value>, signal: AbortSignal): Promise<Value> =>
  new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    value.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })

const isAlive = ({ child }: Running): boolean =>
  child.exitCode === null && child.signalCode === null && child.connected && !child.killed

/**
 * Makes a verifier. Its process starts with the first job (or `warm`), takes one job after another,
 * and is started anew after a crash.
 *
 * @example
 * await using verifier = createVerifier()
 * const verification = await verifier.verify(job, AbortSignal.timeout(60_000))
 */
export const createVerifier = (): Verifier => {
  let running: Running | undefined
  let last: Promise<unknown> = Promise.resolve()
  const alive = (): Running => {
    if (running === undefined || !isAlive(running)) running = watched(start())
    return running
  }
  return {
    warm: () => void alive(),
    verify: async (job, signal) => {
      const before = last
      const asked = before.then(() => {
        signal.throwIfAborted()
        return ask(alive(), job, signal)
      })
      // Who comes next waits for the end of this one, however it ends.
      last = asked.catch(() => undefined)
      return unlessAborted(asked, signal)
    },
    kill: () => void running?.child.kill('SIGKILL'),
    [Symbol.asyncDispose]: async () => {
      if (running === undefined || !isAlive(running)) return
      const { child } = running
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await gone
    },
  }
}

/**
 * The verifier of this process: the library takes one job at a time, so all cases share it.
 * This is the one thing in this folder that outlives a case.
 */
export const sharedVerifier: Verifier = createVerifier()
