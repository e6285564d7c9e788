import { join } from 'node:path'
import { expect, test } from 'vitest'
import { attempt, type AttemptResult, type Laboratory, type Proof } from '../../attempt.ts'
import type { ValidConfig } from '../../config/schema.ts'
import type { TestCase } from '../../model/test-case.ts'
import { temporaryFolder } from '../../testing/temporary-folder.ts'
import { openCustody } from '../custody/open-custody.ts'
import { connectOwner, leaseTestbed } from '../lease.ts'
import { startOwner } from '../owner/owner.ts'
import { openServices } from '../owner/services.ts'
import { engineForTest, onEngine } from '../testing/engine-for-test.ts'
import { startPrivateEngine } from '../testing/private-engine.ts'
import { plainProvider } from '../testing/plain-config.ts'

const config: ValidConfig = {
  runtime: 'containers',
  testbeds: { atOnce: 2 },
  integrations: {
    shop: {
      provider: plainProvider({ environment: { DATABASE_URL: '{database.url}' } }),
      dependencies: { database: { type: 'postgres' } },
    },
  },
}

const caseOf = (name: string): TestCase<undefined> => ({
  id: name,
  kind: 'interaction',
  integration: 'shop',
  group: [],
  name,
  place: { file: 'contracts/web-shop.json', line: 3 },
  detail: undefined,
})

/** Writes and reads on its database, with what happens between. */
const withDatabase = (
  between = (): Promise<void> => Promise.resolve(),
): Proof<undefined, number> => ({
  replay: async (_, world) => {
    await using testbed = await world.lease()
    const database = testbed.database()
    await database.query('CREATE TABLE seen AS SELECT 1 AS one')
    await between()
    return (await database.query('SELECT one FROM seen')).length
  },
  judge: (_, rows) => ({ verdict: rows === 1 ? 'verified' : 'failed', findings: [] }),
})

test('a daemon that is really restarted blocks the case that it hit, and no other', async () => {
  await using project = await temporaryFolder()
  await using own = await startPrivateEngine(await engineForTest(), ['postgres:17'])
  const { engine } = own
  const runs = join(project.path, 'runs')
  const custody = await openCustody([runs])
  const inherited = { ...process.env, PROOFBOOK_PULL: 'never' }
  const { path: root } = project
  const services = openServices(custody, {
    root,
    runtime: { kind: 'containers', reason: '', engine },
    java: {},
    stubsAtOnce: 4,
    inherited,
  })
  const owner = await startOwner({ root, config, inherited, runs: [runs], services })
  const client = await connectOwner(owner.address)
  const laboratory: Laboratory = {
    lease: ({ id }, options) =>
      leaseTestbed(client, { integration: 'shop', caseId: id, ...options }),
    credentials: [],
    seed: 1,
    attemptMilliseconds: 120_000,
    signal: new AbortController().signal,
    keep: false,
  }
  const run = (name: string, between?: () => Promise<void>): Promise<AttemptResult> =>
    attempt(caseOf(name), withDatabase(between), laboratory)

  expect((await run('before')).attempt.verdict).toBe('verified')
  const first = await onEngine(engine, custody.runId)
  expect(first).toEqual([expect.stringMatching(/^container postgres:17 /)])

  const hit = await run('hit', async () => {
    await own.stop()
    await own.start()
  })
  expect(hit.attempt.verdict).toBe('blocked')
  expect(hit.reason).toMatch(/^PostgreSQL ended while it was needed \(exit status \d+\)\./)

  const later = await Promise.all(['later', 'and later'].map((name) => run(name)))
  expect(later.map(({ attempt: { verdict }, reason }) => [verdict, reason])).toEqual([
    ['verified', undefined],
    ['verified', undefined],
  ])
  const second = await onEngine(engine, custody.runId)
  expect(second).not.toEqual(first)

  client.close()
  await owner.close()
  await custody.close()
  expect(owner.notices).toEqual([
    expect.stringMatching(
      /^PostgreSQL 17\.\d+, container postgres:17, ended in the middle of the run/,
    ),
  ])
  expect(await onEngine(engine, custody.runId)).toEqual([])
})
