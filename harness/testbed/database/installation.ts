import { constants } from 'node:fs'
import { access, chmod, copyFile, mkdir, readdir, readFile, stat, symlink } from 'node:fs/promises'
import { basename, delimiter, join } from 'node:path'
import { Blocked } from '../../model/user-error.ts'
import type { Binaries } from './binaries.ts'
import type { Identity } from './identity.ts'
import { isReachable } from './reachable.ts'

/** PostgreSQL's programs where they can be run. */
export interface Installation {
  /** Path of one of the programs. */
  program(name: 'initdb' | 'postgres'): string
  /** Settings without which they do not start. */
  readonly environment: Readonly<Record<string, string>>
}

interface LibraryLink {
  readonly name: string
  readonly target: string
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

const programFile = (native: string, name: string): string =>
  join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name)

/** npm packages hold no links: the package lists them, and its install script makes them. */
const libraryLinks = async (native: string): Promise<readonly LibraryLink[]> => {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links = JSON.parse(list) as readonly { source: string; target: string }[]
  return links
    .filter(({ target }) => target.startsWith('native/lib/'))
    .map(({ source, target }) => ({ name: basename(target), target: basename(source) }))
}

const missingLinks = async (native: string): Promise<readonly LibraryLink[]> => {
  const links = await libraryLinks(native)
  const there = await Promise.all(links.map(({ name }) => exists(join(native, 'lib', name))))
  return links.filter((_, index) => there[index] === false)
}

/** What the programs need when they run; the rest of the package is for compiling against it. */
const isNeeded = (name: string): boolean => !name.endsWith('.a') && name !== 'pkgconfig'

const copyTree = async (from: string, to: string): Promise<void> => {
  await mkdir(to, { recursive: true })
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (!isNeeded(entry.name) || entry.isSymbolicLink()) continue
    const target = join(to, entry.name)
    if (entry.isDirectory()) await copyTree(join(from, entry.name), target)
    else {
      await copyFile(join(from, entry.name), target, constants.COPYFILE_FICLONE)
      await chmod(target, 0o755)
    }
  }
  // Last, and past the umask: whoever runs the programs is not who copied them.
  await chmod(to, 0o755)
}

const makeLinks = async (folder: string, links: readonly LibraryLink[], lib: string) => {
  await mkdir(folder, { recursive: true })
  await chmod(folder, 0o755)
  await Promise.all(links.map(({ name, target }) => symlink(join(lib, target), join(folder, name))))
}

const at = (native: string, environment: Record<string, string> = {}): Installation => ({
  program: (name) => programFile(native, name),
  environment,
})

const canRun = async (native: string, identity: Identity | undefined): Promise<boolean> => {
  const program = programFile(native, 'postgres')
  const executable = await access(program, constants.X_OK).then(
    () => true,
    () => false,
  )
  if (!executable) return false
  if (identity === undefined) return true
  const needed = [program, join(native, 'lib'), join(native, 'share/postgresql/postgres.bki')]
  const reachable = await Promise.all(needed.map((path) => isReachable(path, identity)))
  return reachable.every(Boolean)
}

const copied = async (native: string, folder: string, identity: Identity | undefined) => {
  const copy = join(folder, 'native')
  for (const part of ['bin', 'lib', 'share']) await copyTree(join(native, part), join(copy, part))
  await makeLinks(join(copy, 'lib'), await libraryLinks(native), '.')
  if (!(await canRun(copy, identity)))
    throw new Blocked({
      problem: `PostgreSQL's programs can be run neither where npm installed them nor from a copy in the run's folder.`,
      expected: `a folder whose programs may be executed, also by user ${identity?.uid ?? 'us'}`,
      fix: `run as an ordinary user, or keep the project where everybody may enter (a home of mode 0700 is not)`,
    })
  return at(copy)
}

const libraryPathName = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH'

/**
 * Makes PostgreSQL's programs runnable for a user without touching `node_modules`. They are used
 * where they lie; where their folder is out of that user's reach they are copied into `folder`, and
 * where library links are missing (`npm ci --ignore-scripts`) those are made there.
 *
 * Throws `Blocked` where they cannot be run from either place.
 */
export const prepareInstallation = async (
  { native }: Binaries,
  folder: string,
  identity: Identity | undefined,
): Promise<Installation> => {
  if (!(await canRun(native, identity))) return copied(native, folder, identity)
  const links = await missingLinks(native)
  if (links.length === 0) return at(native)
  const linkFolder = join(folder, 'lib')
  const lib = join(native, 'lib')
  await makeLinks(linkFolder, links, lib)
  // Both: a library that is found through a link looks for its own libraries beside the link.
  return at(native, { [libraryPathName]: [linkFolder, lib].join(delimiter) })
}
