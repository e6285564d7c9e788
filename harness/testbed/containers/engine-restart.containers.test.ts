import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import type { ValidConfig } from '../../config/schema.ts'
import { openCustody } from '../custody/open-custody.ts'
import { removeContainersOf, runLabel } from '../engine/remove-containers.ts'
import { askEngine } from '../engine/ask-engine.ts'
import type { Engine } from '../engine/engine.ts'
import { connectOwner, leaseTestbed } from '../lease.ts'
import { startOwner } from '../owner/owner.ts'
import { openServices } from '../owner/services.ts'
import { engineForTest } from '../testing/engine-for-test.ts'
import { plainProvider } from '../testing/plain-config.ts'
import { temporaryFolder } from '../../testing/temporary-folder.ts'

/*
 * The engine of a machine is not a test's to restart: others use it. So the run sees it through a
 * socket of the test's own, which goes away and comes back, while all containers of the run are
 * killed, as an engine that stops does to its own.
 */
const throughSocket = (engine: Engine, path: string) => {
  if (!('socketPath' in engine.address)) throw new Error('the engine of this test has a socket')
  const { socketPath } = engine.address
  const open = new Set<Socket>()
  let server: Server | undefined
  const start = async (): Promise<void> => {
    server = createServer((client) => {
      const upstream = connect(socketPath)
      for (const socket of [client, upstream]) {
        open.add(socket)
        socket.on('error', () => {})
        socket.once('close', () => {
          open.delete(socket)
          client.destroy()
          upstream.destroy()
        })
      }
      client.pipe(upstream).pipe(client)
    }).listen(path)
    await once(server, 'listening')
  }
  const stop = async (): Promise<void> => {
    server?.close()
    for (const socket of open) socket.destroy()
    await rm(path, { force: true })
  }
  return { start, stop }
}

const killAll = async ({ address }: Engine, runId: string): Promise<number> => {
  const filters = JSON.stringify({ label: [`${runLabel}=${runId}`] })
  const { text } = await askEngine(address, { path: '/containers/json', query: { filters } })
  const all = JSON.parse(text) as readonly { readonly Id: string }[]
  for (const { Id } of all)
    await askEngine(address, { method: 'POST', path: `/containers/${Id}/kill` })
  return all.length
}

test('an engine that is restarted in the middle takes what was on it; later testbeds work', async () => {
  await using project = await temporaryFolder()
  const engine = await engineForTest()
  const path = join(project.path, 'engine.sock')
  const way = throughSocket(engine, path)
  await way.start()
  onTestFinished(() => way.stop())

  const custody = await openCustody([join(project.path, 'runs')])
  const inherited = { ...process.env, PROOFBOOK_PULL: 'never' }
  const seen: Engine = { ...engine, address: { socketPath: path }, uri: `unix://${path}` }
  const config: ValidConfig = {
    runtime: 'containers',
    testbeds: { atOnce: 4 },
    integrations: {
      shop: {
        provider: plainProvider({ environment: { DATABASE_URL: '{database.url}' } }),
        dependencies: { database: { type: 'postgres' }, payments: { type: 'wiremock' } },
      },
    },
  }
  const owner = await startOwner({
    root: project.path,
    config,
    inherited,
    runs: [join(project.path, 'runs')],
    services: openServices(custody, {
      root: project.path,
      runtime: { kind: 'containers', reason: '', engine: seen },
      java: {},
      stubsAtOnce: 4,
      inherited,
    }),
  })
  const client = await connectOwner(owner.address)
  const lease = (caseId: string) => leaseTestbed(client, { integration: 'shop', caseId })

  const before = await lease('before')
  await before.database().query('SELECT 1')
  await way.stop()
  expect(await killAll(engine, custody.runId)).toBe(2)

  const [during, lost] = [lease('during'), before.database().query('SELECT 1')]
  await expect(lost).rejects.toThrow()
  await before[Symbol.asyncDispose]()
  await after(1500)
  await way.start()

  for (const testbed of [await during, await lease('later')]) {
    expect(await testbed.database().query('SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect((await fetch(`${testbed.stub().url}/pay`)).status).toBe(404)
    await testbed[Symbol.asyncDispose]()
  }
  client.close()
  await owner.close()
  await custody.close()
  const said = owner.notices.filter((notice) => notice.startsWith('PostgreSQL'))
  expect(said).toEqual([
    expect.stringMatching(
      /^PostgreSQL 17\.\d+, container postgres:17, ended in the middle of the run \(exit status 137\): what used it then is lost, later testbeds get a new one\.$/,
    ),
  ])
  expect(await removeContainersOf(engine.address, custody.runId)).toEqual({ removed: 0 })
})
