import { stat } from 'node:fs/promises'
import { relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import type { PostgresConfig } from '../../config/schema.ts'
import { maskOf } from '../../model/mask.ts'
import { Blocked, UserError } from '../../model/user-error.ts'
import type { Custody } from '../custody.ts'
import { connectionEnvironment, type DatabaseConnection } from './connection.ts'
import { createExtensions } from './extensions.ts'
import type { TemplateOptions } from './fingerprint.ts'
import { runSql, type SqlScript } from './run-sql.ts'
import { readMigrations, readSqlFile } from './sql-files.ts'

/** What is needed to bring an empty database into the shape of a template. */
export interface Migration extends TemplateOptions {
  readonly custody: Custody
  readonly config: PostgresConfig
  readonly database: DatabaseConnection
}

const withinMilliseconds = 300_000

const runScripts = async (url: string, scripts: readonly SqlScript[]): Promise<void> => {
  const client = new Client({
    connectionString: url,
    statement_timeout: withinMilliseconds,
    application_name: 'proofbook',
  })
  client.on('error', () => {})
  await client.connect()
  try {
    for (const script of scripts) await runSql(client, script)
  } finally {
    await client.end().catch(() => {})
  }
}

const runProgram = async (
  { custody, root, environment, database }: Migration,
  what: string,
  [program = '', ...args]: readonly string[],
): Promise<void> => {
  const owned = await custody.spawn(program, args, {
    cwd: root,
    environment: { ...environment, ...connectionEnvironment(database) },
  })
  const timer = setTimeout(() => void owned.stop(), withinMilliseconds)
  const started = performance.now()
  const { code, signal } = await owned.exited
  clearTimeout(timer)
  if (code === 0) return
  const late = performance.now() - started >= withinMilliseconds
  const mask = maskOf([database.password])
  throw new Blocked({
    problem: late
      ? `${what} did not end within ${withinMilliseconds / 1000} s.`
      : `${what} ended with ${signal ?? `exit status ${code}`}.`,
    expected: 'exit status 0 on an empty database that DATABASE_URL and PGHOST, PGPORT, ... name',
    fix: 'read its output, which follows; run it by hand with DATABASE_URL set to a database of yours',
    log: mask(owned.log().slice(-20).join('\n')),
  })
}

/** Beside this file, under the ending that it has itself: `.ts` here, `.js` in the package. */
const moduleRunner = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './run-module.ts' : './run-module.js', import.meta.url),
)

const runModule = async (migration: Migration, module: string): Promise<void> => {
  const path = resolve(migration.root, module)
  const file = relative(migration.root, path).replaceAll('\\', '/')
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile() !== true)
    throw new UserError({
      problem: 'there is no such module',
      place: { file },
      expected: 'a module that exports a function migrate({ url })',
      fix: 'correct the path in proofbook.config.ts',
    })
  await runProgram(migration, `The migration module ${file}`, [
    process.execPath,
    moduleRunner,
    path,
  ])
}

/**
 * Creates the extensions, runs the migrations of the config and then its seed on an empty database.
 *
 * Throws `UserError` for a file that is missing or that PostgreSQL refuses, `Blocked` with the last
 * lines of its output for a command or module that fails, and for an extension that is not there.
 */
export const migrateDatabase = async (migration: Migration): Promise<void> => {
  const { config, root, database } = migration
  const { extensions = [], migrate, seed } = config
  if (extensions.length > 0) await createExtensions(database.url, extensions)
  if (migrate !== undefined) {
    if ('folder' in migrate)
      await runScripts(database.url, await readMigrations(root, migrate.folder))
    else if ('module' in migrate) await runModule(migration, migrate.module)
    else await runProgram(migration, `The migration command "${migrate.join(' ')}"`, migrate)
  }
  if (seed !== undefined) await runScripts(database.url, [await readSqlFile(root, seed)])
}
