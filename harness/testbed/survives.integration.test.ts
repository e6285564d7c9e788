import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { ProviderConfig, ValidConfig } from '../config/schema.ts'
import { Blocked } from '../model/user-error.ts'
import { leaseTestbed, type OwnerClient } from './lease.ts'
import type { Testbed } from './testbed.ts'
import { ownerForTest, type OwnerForTest } from './testing/owner-for-test.ts'
import { plainProvider } from './testing/plain-config.ts'
import { remainsOf } from './testing/remains.ts'

const light = fileURLToPath(new URL('./testing/light-provider.pl', import.meta.url))

const withDatabase = (provider: ProviderConfig): ValidConfig['integrations'][string] => ({
  provider,
  dependencies: { database: { type: 'postgres' } },
})

const lease = (client: OwnerClient, integration: string, caseId: string): Promise<Testbed> =>
  leaseTestbed(client, { integration, caseId })

/** How many files, sockets and pipes this process, which the owner lives in, has open. */
const openFiles = (): number => readdirSync('/proc/self/fd').length

interface Counted {
  readonly processes: number
  readonly databases: readonly string[]
  readonly openFiles: number
  readonly folders: readonly string[]
  readonly listening: number
}

/** The sockets of this machine's loopback that listen and whose process is ours: links, the owner. */
const listening = (): number => {
  const own = new Set(
    readdirSync('/proc/self/fd').flatMap((name) => {
      try {
        return /socket:\[(\d+)\]/.exec(readlinkSync(`/proc/self/fd/${name}`))?.[1] ?? []
      } catch {
        return []
      }
    }),
  )
  return readFileSync('/proc/net/tcp', 'latin1')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === '0A' && own.has(fields[9] ?? '')).length
}

const count = async ({ folder }: OwnerForTest, witness: Testbed): Promise<Counted> => {
  const rows = await witness
    .database()
    .query('SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY datname')
  return {
    // Connections of PostgreSQL come and go with its own processes.
    processes: (await remainsOf({ folder, ports: [] })).processes.filter(
      (line) => !line.includes('postgres: '),
    ).length,
    databases: rows.map(({ datname }) => String(datname)),
    openFiles: openFiles(),
    folders: (await readdir(folder)).toSorted(),
    listening: listening(),
  }
}

/** Counts when nothing is being closed or made any more: twice the same. */
const expectSteady = async (run: OwnerForTest, witness: Testbed): Promise<Counted> => {
  let last = await count(run, witness)
  await expect
    .poll(
      async () => {
        const before = last
        last = await count(run, witness)
        return { before, last, same: JSON.stringify(before) === JSON.stringify(last) }
      },
      { interval: 500, timeout: 20_000 },
    )
    .toMatchObject({ same: true })
  return last
}

describe('500 cases in a row', () => {
  test('leave no process, database, file descriptor, folder or port', async () => {
    const start = { command: ['perl', light, '{port}'] }
    const config: ValidConfig = {
      integrations: {
        witness: withDatabase({ start, reset: 'process' }),
        process: withDatabase({ start, reset: 'process' }),
        database: withDatabase({ start, reset: 'database' }),
      },
    }
    const run = await ownerForTest(config, { atOnce: 5, ahead: 2 })
    const { client, owner } = run
    const serve = async (integration: string, caseId: string): Promise<void> => {
      await using testbed = await lease(client, integration, caseId)
      expect((await fetch(testbed.description.providerUrl)).status).toBe(200)
    }
    await using witness = await lease(client, 'witness', 'witness')
    // What is made once and kept: the connections to the server, the first of each kind.
    const round = async (name: string, cases: number): Promise<void> => {
      for (const integration of ['process', 'database']) {
        await client.call('expect', { integration, count: cases })
        const ids = Array.from({ length: cases }, (_, index) => `${name}-${index}`)
        await Promise.all(
          [0, 1, 2, 3].map(async (lane) => {
            for (const id of ids.filter((_, index) => index % 4 === lane))
              await serve(integration, id)
          }),
        )
      }
    }
    await round('first', 12)
    const before = await expectSteady(run, witness)
    await round('then', 250)
    await expect
      .poll(() => count(run, witness), { timeout: 10_000 })
      .toEqual({ ...before, databases: expect.any(Array), openFiles: expect.any(Number) })
    const after = await expectSteady(run, witness)
    expect(after.databases).toHaveLength(before.databases.length)
    // Connections of the pool to the server's own database may be one more or less.
    expect(Math.abs(after.openFiles - before.openFiles)).toBeLessThanOrEqual(4)
    expect(owner.notices).toEqual([])
  })
})

describe('PostgreSQL killed in the middle', () => {
  const config: ValidConfig = {
    integrations: { shop: withDatabase(plainProvider({ reset: 'database' })) },
  }
  const serverPid = async (testbed: Testbed): Promise<number> => {
    const [row] = await testbed.database().query("SELECT pg_read_file('postmaster.pid') AS file")
    return Number.parseInt(String(row?.file), 10)
  }

  test('whoever had it is told, once in all, and later cases get a new one', async () => {
    const { client, owner } = await ownerForTest(config, { atOnce: 3, ahead: 1 })
    await client.call('expect', { integration: 'shop', count: 9 })
    const [a, b] = [await lease(client, 'shop', 'a'), await lease(client, 'shop', 'b')]
    expect(await a.failure()).toBeUndefined()
    const lost = await serverPid(a)
    process.kill(lost, 'SIGKILL')
    for (const testbed of [a, b]) {
      await expect.poll(() => testbed.failure()).toBeInstanceOf(Blocked)
      expect((await testbed.failure())?.message).toContain(
        'PostgreSQL ended while it was needed (SIGKILL)',
      )
      await testbed[Symbol.asyncDispose]()
    }
    for (const caseId of ['c', 'd']) {
      await using testbed = await lease(client, 'shop', caseId)
      expect(await serverPid(testbed)).not.toBe(lost)
      expect(await testbed.failure()).toBeUndefined()
    }
    await expect
      .poll(() => owner.notices.filter((notice) => notice.includes('ended while it was needed')))
      .toEqual([expect.stringMatching(/^PostgreSQL 17\.\d+ ended while it was needed\. What ran/)])
  })
})

describe('a full disk', () => {
  test('is one clear reason, not a riddle', async (context) => {
    const folder = mkdtempSync(join(tmpdir(), 'proofbook-small-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m,mode=711', 'none', folder])
    } catch {
      context.skip('a small disk can only be mounted by root')
    }
    onTestFinished(() => void execFileSync('umount', ['--lazy', folder]))
    const config: ValidConfig = { integrations: { shop: withDatabase(plainProvider()) } }
    const { client } = await ownerForTest(config, { runs: [folder] })
    const leasing = lease(client, 'shop', 'a')
    await expect(leasing).rejects.toBeInstanceOf(Blocked)
    await expect(leasing).rejects.toThrow(
      /^The disk is full: there is no space left in .*\n {2}fix: free some/,
    )
  })
})

describe('a case that leaves something behind outside of its testbed', () => {
  test('is named, with what it left, and that is ended', async () => {
    const config: ValidConfig = {
      integrations: { shop: { provider: plainProvider({ environment: { FAIL: 'daemon' } }) } },
    }
    const { client, owner, folder } = await ownerForTest(config, { atOnce: 1, ahead: 0 })
    const testbed = await lease(client, 'shop', 'a3f09c2d41')
    await testbed[Symbol.asyncDispose]()
    await expect
      .poll(() => owner.notices, { timeout: 10_000 })
      .toEqual([
        expect.stringMatching(
          /^Case a3f09c2d41 left process \d+ behind outside of testbed shop-1: ".*createServer.*", listening on port \d+\. It was ended\.$/,
        ),
      ])
    const left = (await remainsOf({ folder, ports: [] })).processes
    expect(left.filter((line) => line.includes('createServer'))).toEqual([])
  })
})
