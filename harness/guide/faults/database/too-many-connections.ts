import { Client } from 'pg'
import { Blocked } from '../../../model/user-error.ts'
import { harnessName } from '../../../testbed/client/database-client.ts'
import type { DatabaseClient } from '../../../testbed/testbed.ts'
import { pollBite } from '../poll-bite.ts'
import { endSessions } from './sessions.ts'
import type { DatabaseVariant } from './database-variant.ts'

/** Others hold all connections that the database allows. */
export interface DatabaseTooManyConnections {
  readonly does: 'too-many-connections'
}

/** Login triggers came with it (PostgreSQL 17, chapter 38.1). */
const versionMin = 170_000

/** How many there are, all of them held: more than a pool of a provider in a testbed has. */
const limit = 20

const schema = 'drill_of_proofbook'

/**
 * A limit on one database that binds superusers too: CONNECTION LIMIT does not, and providers of
 * testbeds often are. The sequence counts whom it refused, since it does not roll back.
 */
const limiting = [
  `CREATE SCHEMA ${schema}`,
  `CREATE SEQUENCE ${schema}.refused`,
  `CREATE FUNCTION ${schema}.limited() RETURNS event_trigger LANGUAGE plpgsql AS $limited$
   BEGIN
     IF current_setting('application_name') <> '${harnessName}' AND
        (SELECT count(*) FROM pg_stat_activity
         WHERE datname = current_database() AND backend_type = 'client backend'
           AND application_name <> '${harnessName}' AND pid <> pg_backend_pid()) >= ${limit}
     THEN
       PERFORM nextval('${schema}.refused');
       RAISE EXCEPTION USING ERRCODE = '53300', MESSAGE = 'sorry, too many clients already';
     END IF;
   END $limited$`,
  `CREATE EVENT TRIGGER limited_by_proofbook ON login EXECUTE FUNCTION ${schema}.limited()`,
]

const hold = async (url: string): Promise<Client> => {
  const client = new Client({ connectionString: url, application_name: 'nightly-report' })
  // A solution may end it.
  client.on('error', () => {})
  await client.connect()
  return client
}

const checkVersion = async (database: DatabaseClient): Promise<void> => {
  const [row] = await database.query("SELECT current_setting('server_version_num') AS number")
  if (Number(row?.['number']) >= versionMin) return
  throw new Blocked({
    problem:
      'Connections can be limited for one testbed from PostgreSQL 17 on, and this one is older.',
    fix: 'write version: 17 in the config, or rehearse it as: database `NAME`, down',
  })
}

/** `too many connections`: new sessions are refused with SQLSTATE 53300 while others are held. */
export const databaseTooManyConnections: DatabaseVariant<DatabaseTooManyConnections> = {
  does: 'too-many-connections',
  words: 'too many connections',
  parse: (text) =>
    /^too\s+many\s+connections$/i.test(text) ? { does: 'too-many-connections' } : undefined,
  put: async (testbed, name) => {
    const database = testbed.database(name)
    await checkVersion(database)
    await endSessions(database)
    const held = await Promise.all(Array.from({ length: limit }, () => hold(database.url)))
    for (const statement of limiting) await database.query(statement)
    // One that came in between is not refused by the limit, and must not be in the way of the fault.
    await database.query(
      `SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity
       WHERE datname = current_database() AND backend_type = 'client backend'
         AND application_name NOT IN ('${harnessName}', 'nightly-report')`,
    )
    const bite = pollBite(async () => {
      const [row] = await database.query(`SELECT is_called FROM ${schema}.refused`)
      return row?.['is_called'] === true
    })
    let lifted = false
    return {
      firstBite: () => bite.firstBite(),
      lift: async () => {
        if (lifted) return
        lifted = true
        await bite.stop()
        await database.query(`DROP SCHEMA ${schema} CASCADE`)
        await Promise.all(held.map((client) => client.end().catch(() => {})))
      },
    }
  },
}
