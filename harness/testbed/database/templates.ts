import { escapeIdentifier, escapeLiteral } from 'pg'
import type { PostgresConfig } from '../../config/schema.ts'
import { UserError } from '../../model/user-error.ts'
import type { Custody } from '../custody.ts'
import type { Admin } from './admin.ts'
import { connectionTo, type ServerAddress } from './connection.ts'
import { fingerprintOf, type TemplateOptions } from './fingerprint.ts'
import { migrateDatabase } from './migrate.ts'
import type { SharedPlace } from './shared-server.ts'

/** A migrated and seeded database that nobody can connect to: it is only copied. */
export interface DatabaseTemplate {
  readonly name: string
}

/** The templates of one server, each made once. */
export interface Templates {
  get(config: PostgresConfig, options: TemplateOptions): Promise<DatabaseTemplate>
}

/** What templates are made with. */
export interface TemplateMakers {
  readonly custody: Custody
  readonly admin: Admin
  readonly server: ServerAddress
  readonly versionText: string
  /** Our place on a server that outlives the run: an earlier one may have made the template. */
  readonly place?: SharedPlace
}

/**
 * On a shared server a template is made under the run's own name, and takes its final one when it is
 * whole: so a half-made one is nobody's template, and of two runs the first one wins.
 */
const makeShared = async (
  makers: TemplateMakers,
  { prefix }: SharedPlace,
  name: string,
  ...what: readonly [PostgresConfig, TemplateOptions]
): Promise<DatabaseTemplate> => {
  const { admin } = makers
  const exists = async (): Promise<boolean> =>
    (await admin.run(`SELECT 1 FROM pg_database WHERE datname = ${escapeLiteral(name)}`)).length > 0
  if (await exists()) return { name }
  const own = await make(makers, `${prefix}${name}`, ...what)
  try {
    await admin.run(
      `ALTER DATABASE ${escapeIdentifier(own.name)} RENAME TO ${escapeIdentifier(name)}`,
    )
  } catch (error) {
    // Another run was first; ours goes with our place.
    await admin.run(`ALTER DATABASE ${escapeIdentifier(own.name)} WITH IS_TEMPLATE false`)
    if (!(await exists())) throw error
  }
  return { name }
}

const make = async (
  { custody, admin, server }: TemplateMakers,
  name: string,
  config: PostgresConfig,
  options: TemplateOptions,
): Promise<DatabaseTemplate> => {
  const identifier = escapeIdentifier(name)
  await admin.run(`CREATE DATABASE ${identifier} TEMPLATE template0 STRATEGY FILE_COPY`)
  try {
    const database = connectionTo(server, name)
    await migrateDatabase({ ...options, custody, config, database })
    await admin.run(`ALTER DATABASE ${identifier} WITH ALLOW_CONNECTIONS false`)
    // A migration may leave a connection open, and a database in use cannot be copied.
    await admin.run(
      `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = ${escapeLiteral(name)}`,
    )
    // Last: only what is whole is called a template.
    await admin.run(`ALTER DATABASE ${identifier} WITH IS_TEMPLATE true`)
    return { name }
  } catch (error) {
    const reason = await admin.explain(error)
    await admin.run(`DROP DATABASE IF EXISTS ${identifier} WITH (FORCE)`).catch(() => {})
    throw reason
  }
}

/**
 * Keeps the templates of one server. Whoever asks for one that is being made waits for it; it is
 * made again when something that shaped it has changed. A mistake in the user's files is remembered
 * until the files change, a command that failed is tried again.
 */
export const openTemplates = (makers: TemplateMakers): Templates => {
  const known = new Map<string, Promise<DatabaseTemplate>>()
  return {
    get: async (config, options) => {
      const fingerprint = await fingerprintOf(config, options, makers.versionText)
      const existing = known.get(fingerprint)
      if (existing !== undefined) return existing
      const name = `template_${fingerprint}`
      const making =
        makers.place === undefined
          ? make(makers, name, config, options)
          : makeShared(makers, makers.place, name, config, options)
      known.set(fingerprint, making)
      making.catch((error: unknown) => {
        if (!(error instanceof UserError)) known.delete(fingerprint)
      })
      return making
    },
  }
}
