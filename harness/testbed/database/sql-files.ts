import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import { UserError } from '../../model/user-error.ts'
import type { SqlScript } from './run-sql.ts'

const fileBytesMax = 64 * 1024 * 1024

/** Where goose, dbmate and sql-migrate put the way back into the same file. */
const downMarker = /^--\s*(?:\+goose\s+Down|migrate:down|\+migrate\s+Down)\b.*$/im

/** Only the way forward of a script that holds both. */
const forward = (text: string): string => {
  const down = downMarker.exec(text)
  return down === null ? text : text.slice(0, down.index)
}

/** How a path of the user's is shown: relative to the project's root, with forward slashes. */
const shown = (root: string, path: string): string =>
  relative(root, resolve(root, path)).split(sep).join('/') || '.'

const missing = (file: string, what: string): UserError =>
  new UserError({
    problem: `there is no such ${what}`,
    place: { file },
    expected: `the ${what} that proofbook.config.ts names, relative to the project's root`,
    fix: `correct the path in proofbook.config.ts`,
  })

/**
 * Reads one `.sql` file. Throws `UserError` where it is missing or larger than 64 MB.
 */
export const readSqlFile = async (root: string, path: string): Promise<SqlScript> => {
  const absolute = resolve(root, path)
  const file = shown(root, path)
  const stats = await stat(absolute).catch(() => undefined)
  if (stats?.isFile() !== true) throw missing(file, 'file')
  if (stats.size > fileBytesMax)
    throw new UserError({
      problem: `the file has ${Math.ceil(stats.size / 1024 / 1024)} MB`,
      place: { file },
      expected: 'at most 64 MB: it is read and run as a whole',
      fix: 'split it, or load the data with a migration command',
    })
  const text = await readFile(absolute, 'utf8')
  return { file, text: text.replace(/^\uFEFF/, '') }
}

const order = new Intl.Collator('en', { numeric: true })

/**
 * Reads the migrations of a folder in order of their names, numbers by their value (`2_` before
 * `10_`). Files named `*.down.sql` and what stands after a `Down` marker lead back and are left out.
 *
 * Throws `UserError` where the folder is missing or holds no migration.
 *
 * @example
 * const scripts = await readMigrations('/home/me/orders', 'migrations')
 */
export const readMigrations = async (
  root: string,
  folder: string,
): Promise<readonly SqlScript[]> => {
  const entries = await readdir(resolve(root, folder)).catch(() => undefined)
  if (entries === undefined) throw missing(shown(root, folder), 'folder')
  const names = entries
    .filter((name) => /\.sql$/i.test(name) && !/\.down\.sql$/i.test(name))
    .toSorted((a, b) => order.compare(a, b))
  if (names.length === 0)
    throw new UserError({
      problem: 'the folder holds no migration',
      place: { file: shown(root, folder) },
      expected: 'files named *.sql or *.up.sql',
      fix: 'name the folder of the .sql files in proofbook.config.ts, or use a migration command',
    })
  const scripts = await Promise.all(names.map((name) => readSqlFile(root, join(folder, name))))
  return scripts.map(({ file, text }) => ({ file, text: forward(text) }))
}
