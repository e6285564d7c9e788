import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { compileHikari } from '../../../fixtures/providers/hikari/compile.ts'
import type { ProviderConfig } from '../../config/schema.ts'
import { connectOwner, leaseTestbed, type OwnerClient } from '../lease.ts'
import type { Testbed } from '../testbed.ts'
import { temporaryFolder, type TemporaryFolder } from '../../testing/temporary-folder.ts'
import { startOwner, type Owner } from './owner.ts'

/** As many as the pool has connections. */
const atATime = 10

let classes: string
let command: readonly string[]
let project: TemporaryFolder

beforeAll(async () => {
  classes = await mkdtemp(join(tmpdir(), 'proofbook-hikari-'))
  command = await compileHikari(classes)
  project = await temporaryFolder({
    'migrations/1.sql': 'CREATE TABLE notes (id bigserial PRIMARY KEY)',
  })
})

afterAll(async () => {
  await project[Symbol.asyncDispose]()
  await rm(classes, { recursive: true })
})

const notes = async (
  more: Partial<ProviderConfig> = {},
): Promise<{ readonly owner: Owner; readonly client: OwnerClient }> => {
  const runs = await mkdtemp(join(tmpdir(), 'proofbook-runs-'))
  const provider: ProviderConfig = {
    start: { command: [...command, '{port}'] },
    ready: { http: '/health' },
    environment: {
      JDBC_URL: '{database.jdbcUrl}',
      DB_USER: '{database.user}',
      DB_PASSWORD: '{database.password}',
    },
    reset: 'database',
    ...more,
  }
  const dependencies = {
    database: { type: 'postgres', migrate: { folder: 'migrations' } },
  } as const
  const owner = await startOwner({
    root: project.path,
    config: { integrations: { notes: { provider, dependencies } } },
    runs: [runs],
    atOnce: 1,
    ahead: 0,
  })
  onTestFinished(async () => {
    await owner.close()
    await rm(runs, { recursive: true })
  })
  return { owner, client: await connectOwner(owner.address) }
}

const lease = (client: OwnerClient): Promise<Testbed> =>
  leaseTestbed(client, { integration: 'notes', caseId: 'a' })

/** What each of several requests at the same time is answered: all connections of the pool at work. */
const ask = ({ description }: Testbed, method = 'GET'): Promise<readonly string[]> =>
  Promise.all(
    Array.from({ length: atATime }, async () => {
      const answer = await fetch(`${description.providerUrl}/notes`, { method })
      return `${answer.status} ${await answer.text()}`
    }),
  )

const connections = `FROM pg_stat_activity
  WHERE pid <> pg_backend_pid() AND datname = current_database()`

const poolIsFull = (testbed: Testbed): Promise<void> =>
  expect
    // The pool refills itself one connection after the other, beside its other work.
    .poll(() => testbed.database().query(`SELECT count(*)::int AS open ${connections}`), {
      timeout: 15_000,
    })
    .toEqual([{ open: atATime }])

const all = (answer: string): readonly string[] => Array.from({ length: atATime }, () => answer)

describe('a pool that hands out connections unchecked for 500 ms after a use', () => {
  test('hands out dead ones when they are cut and nobody waits: the fixture is what it claims', async () => {
    const { client } = await notes()
    await using testbed = await lease(client)
    expect(await ask(testbed)).toEqual(all('200 0'))
    await poolIsFull(testbed)
    expect(await ask(testbed)).toEqual(all('200 0'))
    await testbed.database().query(`SELECT pg_terminate_backend(pid) ${connections}`)
    expect((await ask(testbed)).filter((answer) => answer.startsWith('500'))).not.toEqual([])
  })

  test('never hands one to a case: 100 leases in a row, each at once with the whole pool', async () => {
    const { owner, client } = await notes()
    const answers: (readonly string[])[] = []
    const addresses = new Set<string>()
    for (let round = 0; round < 100; round += 1) {
      await using testbed = await lease(client)
      addresses.add(testbed.description.providerUrl)
      answers.push(await ask(testbed))
      await poolIsFull(testbed)
      answers.push(await ask(testbed, 'POST'))
    }
    expect(new Set(answers.flat())).toEqual(new Set(['200 0', '200 added']))
    expect(addresses.size).toBe(1)
    expect(owner.notices).toEqual([])
  })

  test('and whose ready never asks it gets a fresh process for each case, and that is told once', async () => {
    const { owner, client } = await notes({ ready: { http: '/alive' } })
    const addresses = new Set<string>()
    for (let round = 0; round < 3; round += 1) {
      await using testbed = await lease(client)
      addresses.add(testbed.description.providerUrl)
      expect(await ask(testbed)).toEqual(all('200 0'))
      expect(await ask(testbed, 'POST')).toEqual(all('200 added'))
    }
    expect(addresses.size).toBe(3)
    expect(owner.notices).toEqual([
      expect.stringMatching(
        /^notes: each case gets a fresh process from now on\. .* it kept \d+ connections open that were ended, .*let provider\.ready name a path that uses the database/,
      ),
    ])
  })
})
