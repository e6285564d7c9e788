import { tmpdir } from 'node:os'
import { describe, expect, test } from 'vitest'
import { processTable } from '../../testbed/custody/process-table.ts'
import { runProgram } from './run-program.ts'

const node = (
  script: string,
  timeoutMilliseconds = 10_000,
  signal = new AbortController().signal,
) =>
  runProgram(process.execPath, ['--eval', script], {
    folder: tmpdir(),
    environment: { ONLY: 'this' },
    timeoutMilliseconds,
    signal,
  })

describe('[sh-enforced] a program', () => {
  test('is run with its folder and with nothing but its environment', async () => {
    const answer = await node(
      'console.log(process.cwd(), JSON.stringify(process.env)); console.error("e"); process.exitCode = 3',
    )
    expect(answer).toEqual({
      stdout: `${tmpdir()} {"ONLY":"this"}\n`,
      stderr: 'e\n',
      exit: 3,
    })
  })

  test('that cannot be started says so', async () => {
    const options = {
      folder: tmpdir(),
      environment: {},
      timeoutMilliseconds: 1000,
      signal: new AbortController().signal,
    }
    expect(await runProgram('/no/such/program', [], options)).toMatchObject({
      exit: 127,
      stderr: expect.stringContaining('it cannot be started') as string,
    })
  })

  test('that takes too long is ended, with what it started', async () => {
    const child = `require("child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" })`
    const answer = await node(`console.log(${child}.pid); setInterval(() => {}, 1000)`, 700)
    expect(answer).toMatchObject({ exit: 124, stderr: 'it had not ended after 0.7 s' })
    const pid = Number(answer.stdout)
    expect(pid).toBeGreaterThan(1)
    await expect
      .poll(async () => (await processTable()).some((one) => one.pid === pid && !one.zombie))
      .toBe(false)
  })

  test('that prints without end is ended', async () => {
    const answer = await node('setInterval(() => console.log("x".repeat(10000)), 1)')
    expect(answer.exit).toBe(141)
    expect(answer.stdout.length).toBeLessThan(1024 * 1024)
  })

  test('ends with the run', async () => {
    const run = new AbortController()
    const running = node('setInterval(() => {}, 1000)', 10_000, run.signal)
    run.abort()
    expect(await running).toMatchObject({ exit: 130 })
  })
})
