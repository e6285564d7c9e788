import { spawnSync } from 'node:child_process'
import { chmod, chown, cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Blocked } from '../../model/user-error.ts'
import type { Custody } from '../custody.ts'
import { temporaryCustody } from '../testing/temporary-custody.ts'
import { findBinaries } from './binaries.ts'
import { openPostgres } from './postgres.ts'
import { startServer } from './server-process.ts'

const root = process.cwd()
const isRoot = process.getuid?.() === 0

describe('a server', () => {
  test('leaves nothing behind when it is closed', async () => {
    await using custody = await temporaryCustody()
    const server = await openPostgres(custody, { version: 17, root })
    await server.close()
    expect((await readdir(custody.folder)).filter((name) => /^postgres-\w{6}$/.test(name))).toEqual(
      [],
    )
    // The port is free again.
    const probe = createServer()
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject)
      probe.listen(server.port, '127.0.0.1', resolve)
    })
    probe.close()
  })

  test('two at once do not touch each other', async () => {
    await using custody = await temporaryCustody()
    const [one, two] = await Promise.all([
      openPostgres(custody, { version: 17, root }),
      openPostgres(custody, { version: 17, root }),
    ])
    expect(one.port).not.toBe(two.port)
    const template = await one.template({ type: 'postgres' }, { root, environment: {} })
    await expect(two.clone(template, 'a')).rejects.toThrow(/template database .* does not exist/)
    await Promise.all([one.close(), two.close()])
  })

  test('that was killed blocks what needs it, with its log, and never throws elsewhere', async () => {
    await using custody = await temporaryCustody()
    const pids: number[] = []
    const noting: Custody = {
      folder: custody.folder,
      spawn: async (...args) => {
        const owned = await custody.spawn(...args)
        pids.push(owned.pid)
        return owned
      },
    }
    const server = await openPostgres(noting, { version: 17, root })
    const template = await server.template({ type: 'postgres' }, { root, environment: {} })
    process.kill(pids.at(-1) ?? 0, 'SIGKILL')
    expect(await server.exited).toEqual({ code: null, signal: 'SIGKILL' })
    const error = await server.clone(template, 'a').catch((e: unknown) => e)
    expect(error).toBeInstanceOf(Blocked)
    expect(String(error)).toMatch(/PostgreSQL ended while it was needed \(SIGKILL\)/)
    expect((error as Blocked).parts.log).toMatch(/ready to accept connections/)
    await server.close()
  })

  test('that cannot start is blocked with its log', async () => {
    await using custody = await temporaryCustody()
    const { native, packageVersion } = await findBinaries(17, root)
    const broken = join(custody.folder, 'broken')
    await mkdir(broken)
    for (const part of ['bin', 'lib', 'share'])
      await cp(join(native, part), join(broken, part), { recursive: true })
    await rm(join(broken, 'share/postgresql/postgresql.conf.sample'))
    const error = await startServer(custody, { native: broken, packageVersion }).catch(
      (e: unknown) => e,
    )
    expect(error).toBeInstanceOf(Blocked)
    expect(String(error)).toMatch(/^Blocked: PostgreSQL did not start: initdb ended with/)
    expect((error as Blocked).parts.log).toMatch(/postgresql\.conf\.sample/)
  })
})

describe('programs', () => {
  test('without their library links, in a folder that nobody else may enter', async () => {
    await using custody = await temporaryCustody()
    const { native, packageVersion } = await findBinaries(17, root)
    const home = join(custody.folder, 'home')
    const bare = join(home, 'native')
    await mkdir(home, { mode: 0o700 })
    // As `npm ci --ignore-scripts` leaves it: no links.
    const { default: list } = (await import(join(native, 'pg-symlinks.json'), {
      with: { type: 'json' },
    })) as { default: readonly { target: string }[] }
    const links = new Set(list.map(({ target }) => join(native, '..', target)))
    await cp(native, bare, { recursive: true, filter: (path) => !links.has(path) })

    const hidden = await startServer(custody, { native: bare, packageVersion })
    await hidden.owned.stop()
    await chmod(home, 0o755)
    const open = await startServer(custody, { native: bare, packageVersion })
    await open.owned.stop()
  })
})

/** Opens a server in a process of its own, as somebody else, and prints what it saw. */
const script = (folder: string): string => `
  import { openPostgres } from '${import.meta.resolve('./postgres.ts')}'
  import { temporaryCustody } from '${import.meta.resolve('../testing/temporary-custody.ts')}'
  await using custody = await temporaryCustody('${folder}')
  const server = await openPostgres(custody, { version: 17, root: '${root}' })
  const template = await server.template({ type: 'postgres' }, { root: '${folder}', environment: {} })
  const { name } = await server.clone(template, 'a')
  console.log(process.getuid(), server.versionText, name)
  await server.close()`

describe.runIf(isRoot)('as root', () => {
  test('the server runs as nobody', async () => {
    await using custody = await temporaryCustody()
    const { owned } = await startServer(custody, await findBinaries(17, root))
    const { stdout } = spawnSync('ps', ['-o', 'uid=', '-p', String(owned.pid)], {
      encoding: 'utf8',
    })
    expect(stdout.trim()).toBe('65534')
    await owned.stop()
  })

  test('an ordinary user runs it as themselves', async () => {
    const folder = await mkdtemp('/dev/shm/proofbook-ordinary-')
    await chown(folder, 65_534, 65_534)
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--input-type=module', '-e', script(folder)],
      { uid: 65_534, gid: 65_534, cwd: folder, env: { PATH: process.env.PATH }, encoding: 'utf8' },
    )
    expect(stderr).toBe('')
    expect(stdout.trim()).toBe('65534 PostgreSQL 17.10 a')
    await rm(folder, { recursive: true })
  })
})
