import { rm } from 'node:fs/promises'
import { escapeIdentifier } from 'pg'
import type { PostgresConfig } from '../../config/schema.ts'
import { Blocked } from '../../model/user-error.ts'
import type { Custody, Exit } from '../custody.ts'
import { endedWhileNeeded, openAdmin, type Admin } from './admin.ts'
import { defaultMajor, findBinaries, type PostgresMajor } from './binaries.ts'
import { connectionTo, type DatabaseConnection, type ServerAddress } from './connection.ts'
import type { TemplateOptions } from './fingerprint.ts'
import { removeLeftSegment } from './left-segment.ts'
import { startServer } from './server-process.ts'
import type { SharedPlace } from './shared-server.ts'
import { openTemplates, type DatabaseTemplate } from './templates.ts'
import type { Watched } from '../wait-until.ts'

/** A real PostgreSQL, started for this run. */
export interface PostgresServer {
  /** `PostgreSQL 17.10`, as the server itself says. */
  readonly versionText: string
  /** What it runs in: `a process`, `container postgres:17`. */
  readonly madeOf: string
  readonly host: string
  readonly port: number
  /** Where containers of the same engine find it, if it runs in one. */
  readonly inside?: { readonly host: string; readonly port: number }
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

/** A server that takes connections, whatever it runs in. */
export interface RunningServer extends Pick<PostgresServer, 'madeOf' | 'inside' | 'close'> {
  readonly custody: Custody
  readonly watched: Watched
  readonly address: ServerAddress
  /** Resolves when it has ended, also where `exited` waits for what it leaves open; default: `exited`. */
  readonly ended?: Promise<Exit>
  /** The version that the config asks for; absent: any. */
  readonly major: number | undefined
  /** Our place on it, where it outlives the run. */
  readonly place?: SharedPlace
  /** How long after a connection broke its end may become known. */
  readonly endKnownWithinMilliseconds?: number
}

const readVersion = async (admin: Admin, { major, madeOf }: RunningServer): Promise<string> => {
  const [row] = await admin.run('SHOW server_version')
  const version = String(row?.server_version)
  if (major !== undefined && Number.parseInt(version, 10) !== major)
    throw new Blocked({
      problem: `The server (${madeOf}) says that it is PostgreSQL ${version}, and the config asks for ${major}.`,
      fix: 'correct the version or the image; for a process, install the packages again: npm ci',
    })
  return `PostgreSQL ${version.split(' ')[0]}`
}

/**
 * Makes databases on a server that takes connections: templates, and clones of them.
 *
 * Throws `Blocked` where it is not the version that the config asks for; it is closed by then. Every
 * method throws `Blocked` with the last log lines once the server has ended.
 */
export const openDatabases = async (server: RunningServer): Promise<PostgresServer> => {
  const { custody, watched, address, madeOf, inside, place, ended = watched.exited } = server
  const admin = openAdmin(watched, address, server.endKnownWithinMilliseconds)
  let exit: Exit | undefined
  let closing = false
  void ended.then((how) => {
    if (!closing) exit = how
    return exit
  })
  const close = async (): Promise<void> => {
    closing = true
    await admin.close()
    await place?.close()
    await server.close()
  }
  try {
    const versionText = await readVersion(admin, server)
    const templates = openTemplates({
      custody,
      admin,
      server: address,
      versionText,
      ...(place === undefined ? {} : { place }),
    })
    return {
      versionText,
      madeOf,
      host: address.host,
      port: address.port,
      ...(inside === undefined ? {} : { inside }),
      exited: watched.exited,
      failure: () => (exit === undefined ? undefined : endedWhileNeeded(watched, exit)),
      template: (config, options) => templates.get(config, options),
      clone: async (template, wanted) => {
        const name = `${place?.prefix ?? ''}${wanted}`
        await admin.run(
          `CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE ${escapeIdentifier(template.name)} STRATEGY FILE_COPY`,
        )
        return connectionTo(address, name)
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

/**
 * Starts a PostgreSQL of its own for the run, as a process.
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
  // At once: what it leaves open (its streams, held by its own processes) is not waited for.
  const ended = new Promise<Exit>((resolve) => {
    server.owned.child.once('exit', (code, signal) => resolve({ code, signal }))
  })
  return openDatabases({
    custody,
    watched: server.owned,
    ended,
    address: server,
    major,
    madeOf: 'a process',
    close: async () => {
      await server.owned.stop()
      await removeLeftSegment(custody, server.data)
      await rm(server.folder, { recursive: true, force: true })
    },
  })
}
