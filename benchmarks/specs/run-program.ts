import { spawn } from 'node:child_process'

/** What a program printed, and how long it took. It and all that it started end after `secondsMax`. */
export const runProgram = async (
  command: readonly [string, ...string[]],
  options: {
    readonly cwd: string
    readonly env?: Readonly<Record<string, string>>
    readonly secondsMax?: number
  },
): Promise<{ readonly output: string; readonly stdout: string; readonly seconds: number }> => {
  const started = performance.now()
  const [program, ...rest] = command
  const child = spawn(program, rest, {
    cwd: options.cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const parts: Buffer[] = []
  const out: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => void (parts.push(chunk), out.push(chunk)))
  child.stderr.on('data', (chunk: Buffer) => void parts.push(chunk))
  const timer = setTimeout(
    () => process.kill(-(child.pid ?? 0), 'SIGKILL'),
    (options.secondsMax ?? 600) * 1000,
  )
  await new Promise((resolve, reject) => {
    child.on('close', resolve)
    child.on('error', reject)
  })
  clearTimeout(timer)
  return {
    output: Buffer.concat(parts).toString('utf8'),
    stdout: Buffer.concat(out).toString('utf8'),
    seconds: (performance.now() - started) / 1000,
  }
}
