import { access, chmod, mkdir, readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Blocked } from '../../model/user-error.ts'
import type { Custody } from '../custody.ts'
import { temporaryCustody } from '../testing/temporary-custody.ts'
import { temporaryFolder } from '../../testing/temporary-folder.ts'
import { cachedJre, type Download } from './fetch-jre.ts'
import { findJava } from './find-java.ts'
import { pinnedJre } from './pinned-jre.ts'

let custody: Custody & AsyncDisposable
beforeAll(async () => {
  custody = await temporaryCustody()
})
afterAll(() => custody[Symbol.asyncDispose]())

/** A program that says of itself that it is a Java. */
const writeJava = async (path: string, version: string): Promise<void> => {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, `#!/bin/sh\necho 'openjdk version "${version}"' >&2\n`)
  await chmod(path, 0o755)
}

/** A network that no proxy leads to. */
const unreachable = { HTTPS_PROXY: 'http://127.0.0.1:9', https_proxy: 'http://127.0.0.1:9' }

const jre = pinnedJre()
if (jre === undefined) throw new Error('no JRE is pinned for this platform')

/** Puts into the folder what njre would, with this checksum. */
const downloading =
  (checksum: string): Download =>
  async (_, folder) => {
    const home = process.platform === 'darwin' ? 'Contents/Home' : ''
    await writeJava(join(folder, 'jre', 'jdk-21', home, 'bin', 'java'), '21.0.12.1')
    await mkdir(join(folder, 'tmp', 'njre'), { recursive: true })
    await writeFile(join(folder, 'tmp/njre/a.tar.gz.sha256.txt'), `${checksum}  a.tar.gz\n`)
  }

/** Finds a Java in an empty world, with these programs and settings in it. */
const find = async (
  javas: Readonly<Record<string, string>>,
  settings: Readonly<Record<string, string>> = {},
  options: { readonly download?: boolean; readonly downloadWith?: Download } = {},
) => {
  const project = await temporaryFolder()
  for (const [path, version] of Object.entries(javas))
    await writeJava(join(project.path, path, 'bin/java'), version)
  const environment = {
    PATH: join(project.path, 'path/bin'),
    XDG_CACHE_HOME: join(project.path, 'cache'),
    ...unreachable,
    ...Object.fromEntries(
      Object.entries(settings).map(([name, value]) => [name, value.replace('ROOT', project.path)]),
    ),
  }
  const found = await findJava({ custody, environment, ...options }).catch((e: unknown) => e)
  return { found, environment, [Symbol.asyncDispose]: () => project[Symbol.asyncDispose]() }
}

describe('findJava', () => {
  test('takes JAVA_HOME before the PATH', async () => {
    await using world = await find({ home: '21.0.1', path: '17.0.1' }, { JAVA_HOME: 'ROOT/home' })
    expect(world.found).toMatchObject({ versionText: '21.0.1', notices: [] })
  })

  test.each([
    ['is too old', { home: '1.8.0_292', path: '17.0.1' }],
    ['has none', { path: '17.0.1' }],
  ])('takes the PATH where JAVA_HOME %s', async (_, javas) => {
    await using world = await find(javas, { JAVA_HOME: 'ROOT/home' })
    expect(world.found).toMatchObject({ command: 'java', versionText: '17.0.1' })
  })

  test('fetches a JRE once, says so, and finds it again without network', async () => {
    await using world = await find({}, {}, { downloadWith: downloading(jre.checksum) })
    expect(world.found).toMatchObject({
      versionText: '21.0.12.1',
      notices: [
        expect.stringMatching(/^No Java .* was fetched once to .*PROOFBOOK_JAVA_DOWNLOAD=0/),
      ],
    })
    const { environment } = world
    expect(await findJava({ custody, environment })).toMatchObject({
      command: await cachedJre(jre, environment),
      notices: [],
    })
    // Nothing unfinished lies beside it.
    expect(await readdir(join(environment.XDG_CACHE_HOME, 'proofbook'))).toEqual([
      `jre-${jre.version}`,
    ])
  })

  test('two at once fetch without harm to each other', async () => {
    await using project = await temporaryFolder()
    const environment = { PATH: '/bin:/usr/bin', XDG_CACHE_HOME: project.path, JAVA_HOME: '' }
    await writeJava(join(project.path, 'old/java'), '1.8.0')
    const options = {
      custody,
      environment: { ...environment, PATH: join(project.path, 'old') },
      downloadWith: downloading(jre.checksum),
    }
    const both = await Promise.all([findJava(options), findJava(options)])
    expect(both[0].command).toBe(both[1].command)
    await access(both[0].command)
  })

  test('refuses an archive with another checksum than the pinned one', async () => {
    await using world = await find({}, {}, { downloadWith: downloading('0'.repeat(64)) })
    expect(world.found).toBeInstanceOf(Blocked)
    expect(String(world.found)).toMatch(/SHA-256 "0{64}", and [0-9a-f]{64} is the pinned one/)
    expect(await cachedJre(jre, world.environment)).toBeUndefined()
    expect(await readdir(join(world.environment.XDG_CACHE_HOME, 'proofbook'))).toEqual([])
  })

  test('is blocked without Java and network, each place named, with one command', async () => {
    await using world = await find({ path: '1.8.0_292' }, { JAVA_HOME: 'ROOT/home' })
    expect(world.found).toBeInstanceOf(Blocked)
    expect(String(world.found)).toMatch(
      /Stubs need Java 11 or newer, and there is none: JAVA_HOME has none; the PATH has Java 1\.8\.0_292, too old; a JRE could not be fetched: .*ECONNREFUSED/,
    )
    expect((world.found as Blocked).parts.fix).toMatch(/^(sudo )?\w[\w-]+ \w+ .*(jre|openjdk)/i)
  })

  test.each([
    ['the config', {}, { download: false }],
    ['the environment', { PROOFBOOK_JAVA_DOWNLOAD: '0' }, {}],
  ])('fetches nothing where %s forbids it', async (_, settings, options) => {
    let asked = false
    const downloadWith: Download = () => {
      asked = true
      return Promise.resolve()
    }
    await using world = await find({}, settings, { ...options, downloadWith })
    expect(String(world.found)).toMatch(/fetching a JRE is forbidden/)
    expect(asked).toBe(false)
  })
})
