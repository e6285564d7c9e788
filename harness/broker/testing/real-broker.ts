import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TestProject } from 'vitest/node'

/** A real Pact Broker on loopback, with an empty database and a user, for all tests of a project. */
export interface RealBroker {
  readonly url: string
  readonly username: string
  readonly password: string
}

declare module 'vitest' {
  interface ProvidedContext {
    realBroker: RealBroker
  }
}

const repository = join(import.meta.dirname, '../../..')
const upWithinMilliseconds = 60_000

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Starts it before the tests, and ends it after them. */
const setUp = async (project: TestProject): Promise<() => Promise<void>> => {
  const folder = await mkdtemp(join(tmpdir(), 'proofbook-broker-'))
  const [username, password] = ['tester', 'password-of-the-tester']
  const port = await freePort()
  const child = spawn(
    join(repository, '.ci/broker/start'),
    [String(port), join(folder, 'broker.sqlite3')],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        PACT_BROKER_BASIC_AUTH_USERNAME: username,
        PACT_BROKER_BASIC_AUTH_PASSWORD: password,
        PACT_BROKER_PUBLIC_HEARTBEAT: 'true',
      },
    },
  )
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output = (output + chunk).slice(-4000)
    })
  const ended = once(child, 'close')
  const url = `http://127.0.0.1:${port}`
  const answers = (): Promise<boolean> =>
    fetch(`${url}/diagnostic/status/heartbeat`).then(
      ({ ok }) => ok,
      () => false,
    )
  const end = performance.now() + upWithinMilliseconds
  while (!(await answers())) {
    if (child.exitCode !== null || performance.now() > end)
      throw new Error(`The Pact Broker did not start:\n${output}`)
    await sleep(100)
  }
  project.provide('realBroker', { url, username, password })
  return async () => {
    child.kill('SIGTERM')
    await ended
    await rm(folder, { recursive: true, force: true })
  }
}

export default setUp
