import { harnessName } from '../../../testbed/client/database-client.ts'
import type { DatabaseClient } from '../../../testbed/testbed.ts'

/** The sessions of this database that are not the harness' own: the provider's. */
const theirs = `datname = current_database() AND backend_type = 'client backend'
  AND application_name <> '${harnessName}'`

/** Ends the provider's sessions, as a server that goes down does (SQLSTATE 57P01). */
export const endSessions = async (database: DatabaseClient): Promise<void> => {
  await database.query(
    `SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity WHERE ${theirs}`,
  )
}

/**
 * How many sessions this database has ever had. A session is counted when it begins or, if it is
 * short, when it ends; the own one is counted before the first look.
 */
export const sessionCount = async (database: DatabaseClient): Promise<number> => {
  await database.query('SELECT pg_stat_force_next_flush()')
  const [row] = await database.query(
    `SELECT s.sessions::int
       + (SELECT count(*) FROM pg_stat_activity WHERE ${theirs})::int AS sessions
     FROM pg_stat_database s WHERE datname = current_database()`,
  )
  return Number(row?.['sessions'] ?? 0)
}

/** Runs a statement that names its database, which a statement cannot take as a value. */
export const onThisDatabase = async (database: DatabaseClient, rest: string): Promise<void> => {
  await database.query(
    `DO $do$ BEGIN EXECUTE format('ALTER DATABASE %I ${rest}', current_database()); END $do$`,
  )
}
