import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect } from 'vitest'
import { describeEngine, type Engine } from '../engine/engine.ts'
import { isAlive, processRow } from '../custody/process-table.ts'

const run = promisify(execFile)
const script = fileURLToPath(new URL('../../../.ci/engine/start', import.meta.url))
const withinMilliseconds = 60_000

/** An engine of a test's own, which it may stop and start again: nobody else uses it. */
export interface PrivateEngine extends AsyncDisposable {
  readonly engine: Engine
  /** Ends the daemon in order, which ends its containers. Resolves when it is gone. */
  stop(): Promise<void>
  start(): Promise<void>
}

/**
 * Starts an engine beside the machine's, with data, socket and bridge of its own, and copies images
 * to it. Needs root, as the machine's own does.
 *
 * @example
 * await using own = await startPrivateEngine(await engineForTest(), ['postgres:17'])
 */
export const startPrivateEngine = async (
  { uri }: Engine,
  images: readonly string[],
): Promise<PrivateEngine> => {
  const folder = await mkdtemp(join(tmpdir(), 'proofbook-engine-'))
  const bridge = `pb${process.pid}`
  const environment = {
    ...process.env,
    PROOFBOOK_ENGINE_FOLDER: folder,
    PROOFBOOK_ENGINE_BRIDGE: bridge,
  }
  const socketPath = join(folder, 'docker.sock')

  const start = async (): Promise<void> => {
    await run(script, [], { env: environment, timeout: withinMilliseconds })
  }
  const stop = async (): Promise<void> => {
    const pid = Number(await readFile(join(folder, 'docker.pid'), 'utf8').catch(() => ''))
    const row = pid > 0 ? await processRow(pid) : undefined
    if (row === undefined) return
    process.kill(pid, 'SIGTERM')
    await expect.poll(() => isAlive(row), { timeout: withinMilliseconds }).toBe(false)
  }
  const dispose = async (): Promise<void> => {
    await stop()
    await run('ip', ['link', 'delete', bridge]).catch(() => {})
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }

  try {
    await start()
    const copy = 'docker --host "$1" save "${@:3}" | docker --host "$2" load'
    await run(
      'bash',
      ['-euo', 'pipefail', '-c', copy, 'copy', uri, `unix://${socketPath}`, ...images],
      {
        timeout: withinMilliseconds,
      },
    )
    const found = { address: { socketPath }, source: 'this test' }
    return {
      engine: await describeEngine(found, process.env),
      start,
      stop,
      [Symbol.asyncDispose]: dispose,
    }
  } catch (error) {
    await dispose()
    throw error
  }
}
