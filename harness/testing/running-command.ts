import { spawn, type ChildProcess } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'

const nothingYet = (): void => {}

/** A command that goes on running while a test looks at what it prints. */
export interface RunningCommand extends AsyncDisposable {
  readonly child: ChildProcess
  readonly pid: number
  readonly output: () => string
  /** Resolves with the match once the output since the last `wait` has one; rejects when the command ends first. */
  wait(pattern: RegExp): Promise<RegExpExecArray>
  readonly ended: Promise<number | NodeJS.Signals | null>
}

/**
 * Starts Node with these arguments in a process group of its own.
 *
 * @example
 * await using command = startNode(project.path, [vitest, '--watch'])
 * await command.wait(/2 passed/)
 */
export const startNode = (
  cwd: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): RunningCommand => {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(VITEST|TEST|NODE_ENV|CI$)/.test(name),
  )
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...Object.fromEntries(inherited), NO_COLOR: '1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let output = ''
  let seen = 0
  let check: () => void = nothingYet
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += stripVTControlCharacters(chunk)
      check()
    })
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal))
  })
  const wait = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      check = () => {
        const match = pattern.exec(output.slice(seen))
        if (match === null) return
        seen += match.index + match[0].length
        check = nothingYet
        resolve(match)
      }
      void ended.then(() => reject(new Error(`ended before ${String(pattern)}:\n${output}`)))
      check()
    })
  return {
    child,
    pid: child.pid ?? -1,
    output: () => output,
    wait,
    ended,
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
      await ended
    },
  }
}
