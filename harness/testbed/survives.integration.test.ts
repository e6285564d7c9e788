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
  leaseTestbed(client, { integration, caseId, caseLabel: `"${caseId}" (guides/a.md:3)` })

/** What this process, which owner and worker both live in, has open: files, sockets and pipes. */
const openFiles = (): readonly string[] =>
  readdirSync('/proc/self/fd').flatMap((name) => {
    try {
      return readlinkSync(`/proc/self/fd/${name}`)
    } catch {
      return []
    }
  })

/** How many of those sockets listen: links, for the owner listens on a path. */
const listening = (): number => {
  const own = new Set(openFiles().flatMap((file) => /^socket:\[(\d+)\]$/.exec(file)?.[1] ?? []))
  return readFileSync('/proc/net/tcp', 'latin1')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === '0A' && own.has(fields[9] ?? '')).length
}

interface Counted {
  readonly processes: readonly string[]
  readonly databases: number
  readonly folders: readonly string[]
  readonly listening: number
  readonly openFiles: number
}

const databases = "SELECT count(*)::int AS n FROM pg_database WHERE datname LIKE 'shop%'"

/** Counts when what was made ahead is gone, too: it belongs to no case. */
const count = async ({ owner, folder }: OwnerForTest, witness: Testbed): Promise<Counted> => {
  await owner.lookBack()
  const [row] = await witness.database().query(databases)
  const { processes } = await remainsOf({ folder, ports: [] })
  return {
    // PostgreSQL has one for each connection, and starts workers of its own now and then.
    processes: processes
      .map((line) => line.replace(/^\d+ /, ''))
      .filter((line) => !line.startsWith('postgres: ')),
    databases: Number(row?.['n']),
    folders: (await readdir(folder)).toSorted(),
    listening: listening(),
    openFiles: openFiles().length,
  }
}

describe('500 cases in a row', () => {
  const start = { command: ['perl', light, '{port}'] }
  const config: ValidConfig = {
    integrations: {
      witness: withDatabase({ start, reset: 'process' }),
      'shop-process': withDatabase({ start, reset: 'process' }),
      'shop-database': withDatabase({ start, reset: 'database' }),
    },
  }
  const open = async () => {
    const run = await ownerForTest(config, { atOnce: 5, ahead: 2 })
    return { run, witness: await lease(run.client, 'witness', 'witness') }
  }

  /** Four cases at a time, as of one worker. */
  const cases = async ({ client }: OwnerForTest, integration: string, total: number) => {
    await client.call('expect', { integration, count: total })
    let left = total
    const lane = async (): Promise<void> => {
      while (left > 0) {
        left -= 1
        await using testbed = await lease(client, integration, `${left}`)
        expect((await fetch(testbed.description.providerUrl)).status).toBe(200)
      }
    }
    await Promise.all([lane(), lane(), lane(), lane()])
  }

  test('leave no process, database, file descriptor, folder or port', async () => {
    const { run, witness } = await open()
    // What is made once and kept: servers, templates, connections to the server itself.
    await cases(run, 'shop-process', 8)
    await cases(run, 'shop-database', 8)
    const before = await count(run, witness)
    expect(before).toMatchObject({ databases: 0, listening: 1 })
    await cases(run, 'shop-process', 100)
    await cases(run, 'shop-database', 400)
    const { openFiles: filesBefore, ...rest } = before
    const { openFiles: filesAfter, ...after } = await count(run, witness)
    expect(after).toEqual(rest)
    // A pool of four connections leads to the server, of which some are idle and may be closed.
    expect(filesAfter).toBeLessThanOrEqual(filesBefore + 4)
    expect(run.owner.notices).toEqual([])
  })

  test('are counted by what sees one that is still there', async () => {
    const { run, witness } = await open()
    const before = await count(run, witness)
    const held = await lease(run.client, 'shop-process', 'held')
    const during = await count(run, witness)
    expect(during.processes.length).toBe(before.processes.length + 1)
    expect(during.databases).toBe(before.databases + 1)
    expect(during.listening).toBe(before.listening + 1)
    await held[Symbol.asyncDispose]()
    expect(await count(run, witness)).toMatchObject({ ...before, openFiles: expect.any(Number) })
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
      .poll(() => owner.notices)
      .toEqual([
        expect.stringMatching(
          /^PostgreSQL 17\.\d+, a process, ended in the middle of the run \(SIGKILL\): what used it then is lost, later testbeds get a new one\.$/,
        ),
      ])
  })
})

describe('a full disk', () => {
  test('is one clear reason, leaves nothing, and later cases are unhurt', async (context) => {
    const folder = mkdtempSync(join(tmpdir(), 'proofbook-small-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=192m,mode=711', 'none', folder])
    } catch {
      context.skip('a small disk can only be mounted by root')
    }
    onTestFinished(() => void execFileSync('umount', ['--lazy', folder]))
    const ballast = join(folder, 'ballast')
    execFileSync('fallocate', ['--length', '180MiB', ballast])

    const config: ValidConfig = { integrations: { shop: withDatabase(plainProvider()) } }
    const run = await ownerForTest(config, { runs: [folder] })
    for (const caseId of ['a', 'b']) {
      const leasing = lease(run.client, 'shop', caseId)
      await expect(leasing).rejects.toBeInstanceOf(Blocked)
      await expect(leasing).rejects.toThrow(
        /^The disk is full: there is no space left in .*, where this run keeps its databases \(.*\)\.\n {2}fix: free some/,
      )
    }
    const { processes } = await remainsOf({ folder: run.folder, ports: [] })
    expect(processes.filter((line) => !line.includes('reaper'))).toEqual([])

    rmSync(ballast)
    await using later = await lease(run.client, 'shop', 'c')
    expect(await later.database().query('SELECT 1 AS one')).toEqual([{ one: 1 }])
  })
})

describe('a case that leaves something behind outside of its testbed', () => {
  test('is named, with what it left, and that is ended', async () => {
    const config: ValidConfig = {
      integrations: { plain: { provider: plainProvider({ environment: { FAIL: 'daemon' } }) } },
    }
    // Another run at the same time has a testbed of the same name, which is not touched.
    const other = await ownerForTest()
    const theirs = await lease(other.client, 'plain', 'theirs')
    const { client, owner, folder } = await ownerForTest(config, { atOnce: 1, ahead: 0 })
    const testbed = await lease(client, 'plain', 'daemon')
    await testbed[Symbol.asyncDispose]()
    await expect
      .poll(() => owner.notices, { timeout: 10_000 })
      .toEqual([
        expect.stringMatching(
          /^Case "daemon" \(guides\/a\.md:3\) left process \d+ behind outside of testbed plain-1: ".*createServer.*", listening on port \d+\. It was ended\.$/,
        ),
      ])
    const left = (await remainsOf({ folder, ports: [] })).processes
    expect(left.filter((line) => line.includes('createServer'))).toEqual([])
    expect(theirs.description.id).toBe(testbed.description.id)
    expect((await fetch(theirs.description.providerUrl)).status).toBe(200)
    expect(other.owner.notices).toEqual([])
  })
})
