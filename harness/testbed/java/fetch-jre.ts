import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Custody } from '../custody.ts'
import type { PinnedJre } from './pinned-jre.ts'

/** What fetching needs from outside. */
export interface FetchOptions {
  readonly custody: Pick<Custody, 'spawn'>
  /** Proxies and the place of the user's cache are taken from it. */
  readonly environment: Readonly<Record<string, string>>
}

/** Downloads a release into a folder: njre, except in tests. */
export type Download = (jre: PinnedJre, folder: string, options: FetchOptions) => Promise<void>

const withinMilliseconds = 600_000

/** Where what was fetched once is kept for later runs. */
const cacheFolder = (environment: Readonly<Record<string, string>>): string => {
  const { XDG_CACHE_HOME, HOME } = environment
  const base =
    XDG_CACHE_HOME === undefined || XDG_CACHE_HOME === ''
      ? join(HOME ?? homedir(), '.cache')
      : XDG_CACHE_HOME
  return join(base, 'proofbook')
}

const runner = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './run-njre.ts' : './run-njre.js', import.meta.url),
)

/** Downloads with njre, which checks the archive against the checksum that its maker publishes. */
const downloadWithNjre: Download = async (jre, folder, { custody, environment }) => {
  const temporary = join(folder, 'tmp')
  await mkdir(temporary)
  const owned = await custody.spawn(
    process.execPath,
    [runner, String(jre.major), jre.release, folder],
    { environment: { ...environment, TMPDIR: temporary, TMP: temporary, TEMP: temporary } },
  )
  const timer = setTimeout(() => void owned.stop(), withinMilliseconds)
  const { code, signal } = await owned.exited
  clearTimeout(timer)
  if (code !== 0) throw new Error(owned.log().at(-1) ?? `njre ended with ${signal ?? code}`)
}

/** njre leaves the published checksum that the archive was compared with; it must be ours. */
const publishedChecksum = async (folder: string): Promise<string> => {
  const place = join(folder, 'tmp', 'njre')
  const file = (await readdir(place)).find((name) => name.endsWith('.sha256.txt'))
  const text = file === undefined ? '' : await readFile(join(place, file), 'utf8')
  return text.trim().split(/\s+/)[0] ?? ''
}

const programIn = (folder: string): string =>
  process.platform === 'win32'
    ? join(folder, 'bin', 'java.exe')
    : process.platform === 'darwin'
      ? join(folder, 'Contents', 'Home', 'bin', 'java')
      : join(folder, 'bin', 'java')

const moveIntoPlace = async (from: string, to: string): Promise<void> => {
  try {
    await rename(from, to)
  } catch (error) {
    // Another run was quicker: what lies there is whole, since it came by a rename too.
    if ((await stat(programIn(to)).catch(() => undefined)) === undefined) throw error
  }
}

/** The folder of a pinned JRE in the user's cache. */
const jreFolder = (jre: PinnedJre, environment: Readonly<Record<string, string>>): string =>
  join(cacheFolder(environment), `jre-${jre.version}`)

/** The JRE that an earlier run fetched, if there is one. */
export const cachedJre = async (
  jre: PinnedJre,
  environment: Readonly<Record<string, string>>,
): Promise<string | undefined> => {
  const program = programIn(jreFolder(jre, environment))
  return (await stat(program).catch(() => undefined)) === undefined ? undefined : program
}

/**
 * Fetches a JRE into the user's cache: into a folder aside, checked there against the pinned
 * checksum, and renamed into place when it is whole.
 *
 * Throws an `Error` with the reason where it cannot be had.
 */
export const fetchJre = async (
  jre: PinnedJre,
  options: FetchOptions,
  download: Download = downloadWithNjre,
): Promise<string> => {
  const target = jreFolder(jre, options.environment)
  await mkdir(cacheFolder(options.environment), { recursive: true })
  const aside = await mkdtemp(join(cacheFolder(options.environment), 'unfinished-'))
  try {
    await download(jre, aside, options)
    const checksum = await publishedChecksum(aside)
    if (checksum !== jre.checksum)
      throw new Error(
        `its archive has the SHA-256 "${checksum}", and ${jre.checksum} is the pinned one`,
      )
    const [folder = ''] = await readdir(join(aside, 'jre'))
    await stat(programIn(join(aside, 'jre', folder)))
    await moveIntoPlace(join(aside, 'jre', folder), target)
    return programIn(target)
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
}
