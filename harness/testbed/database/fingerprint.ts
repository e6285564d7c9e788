import { createHash } from 'node:crypto'
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import type { PostgresConfig } from '../../config/schema.ts'
import { readMigrations, readSqlFile } from './sql-files.ts'

/** Where and with which settings migrations run. */
export interface TemplateOptions {
  /** The project's root: paths are relative to it, and commands run in it. */
  readonly root: string
  /** The environment of a migration command or module. */
  readonly environment: Readonly<Record<string, string>>
}

/** Bounds of a walk: it is done for each testbed, and must stay quick in a large repository. */
const filesMax = 20_000
const foldersMax = 2000
const depthMax = 6

const isPassedOver = (name: string): boolean => name.startsWith('.') || name === 'node_modules'

interface Walk {
  readonly root: string
  readonly stamps: string[]
  folders: number
  /** Whether the files of a folder count. */
  readonly counts: (folder: string) => boolean
}

/** A file as it is now: its content is the project's own, and a change shows in size or time. */
const stampOf = async (root: string, path: string): Promise<string> => {
  const { size, mtimeMs } = await stat(path)
  return `${relative(root, path)} ${size} ${mtimeMs}`
}

const walk = async (folder: string, depth: number, state: Walk): Promise<void> => {
  state.folders += 1
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  for (const entry of entries) {
    if (isPassedOver(entry.name) || state.stamps.length >= filesMax) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      if (depth < depthMax && state.folders < foldersMax) await walk(path, depth + 1, state)
    } else if (entry.isFile() && state.counts(folder))
      state.stamps.push(await stampOf(state.root, path))
  }
}

const stampsUnder = async (root: string, folder: string): Promise<readonly string[]> => {
  const stamps: string[] = []
  await walk(folder, 0, { root, stamps, folders: 0, counts: () => true })
  return stamps.toSorted()
}

const isMigrations = (root: string) => (folder: string) =>
  relative(root, folder)
    .split(/[\\/]/)
    .some((part) => /^migrations?$/i.test(part))

const stampsOfArgument = async (root: string, argument: string): Promise<readonly string[]> => {
  const path = resolve(root, argument)
  const stats = await stat(path).catch(() => undefined)
  if (stats === undefined || path === resolve(root)) return []
  if (stats.isDirectory()) return stampsUnder(root, path)
  // A script usually lies beside what it runs; the root is too wide for that, and so is the folder
  // of a program outside of it.
  const beside = relative(root, dirname(path))
  return beside === '' || beside.startsWith('..')
    ? [await stampOf(root, path)]
    : stampsUnder(root, dirname(path))
}

/**
 * What a command runs cannot be known in full. Known is what its arguments name, what lies in
 * folders called `migrations`, and the scripts of `package.json`.
 */
const stampsOfCommand = async (root: string, command: readonly string[]) => {
  const stamps: string[] = []
  await walk(root, 0, { root, stamps, folders: 0, counts: isMigrations(root) })
  const named = await Promise.all(command.map((argument) => stampsOfArgument(root, argument)))
  const scripts = await stampOf(root, join(root, 'package.json')).catch(() => '')
  return [...stamps.toSorted(), ...named.flat(), scripts]
}

const migrationParts = async (
  migrate: PostgresConfig['migrate'],
  { root, environment }: TemplateOptions,
): Promise<readonly unknown[]> => {
  if (migrate === undefined) return []
  if ('folder' in migrate) {
    const scripts = await readMigrations(root, migrate.folder)
    return scripts.map(({ file, text }) => [basename(file), text])
  }
  const settings = Object.entries(environment).toSorted(([a], [b]) => (a < b ? -1 : 1))
  if ('module' in migrate) {
    const path = resolve(root, migrate.module)
    return [migrate.module, settings, await stampsOfArgument(root, path)]
  }
  return [migrate, settings, await stampsOfCommand(root, migrate)]
}

/**
 * A name for a template that changes with all that shapes it: the version, the migrations, the seed.
 *
 * Throws `UserError` where a file that the config names cannot be read.
 */
export const fingerprintOf = async (
  config: PostgresConfig,
  options: TemplateOptions,
  versionText: string,
): Promise<string> => {
  const seed = config.seed === undefined ? '' : (await readSqlFile(options.root, config.seed)).text
  const parts = [
    versionText,
    config.extensions ?? [],
    await migrationParts(config.migrate, options),
    seed,
  ]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)
}
