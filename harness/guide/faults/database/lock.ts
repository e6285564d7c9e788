import { escapeIdentifier } from 'pg'
import { UserError } from '../../../model/user-error.ts'
import { openDatabaseClient } from '../../../testbed/client/database-client.ts'
import { pollBite } from '../poll-bite.ts'
import type { DatabaseVariant } from './database-variant.ts'

/** A session of ours has locked a table and goes on holding it. */
export interface DatabaseLock {
  readonly does: 'lock'
  readonly table: string
}

/** ``lock on `orders` `` */
export const databaseLock: DatabaseVariant<DatabaseLock> = {
  does: 'lock',
  words: 'lock on `TABLE`',
  parse: (text) => {
    const match = /^lock\s+on\s+`([^`]+)`$/i.exec(text)
    return match === null ? undefined : { does: 'lock', table: match[1] ?? '' }
  },
  put: async (testbed, name, { table }) => {
    const database = testbed.database(name)
    const [known] = await database.query('SELECT to_regclass($1) IS NOT NULL AS known', [table])
    if (known?.['known'] !== true)
      throw new UserError({
        problem: `the database "${name}" has no table "${table}" to lock`,
        expected: 'the name of a table, with its schema where that is not on the search path',
      })
    const holder = openDatabaseClient(database.url)
    const identifier = table.split('.').map(escapeIdentifier).join('.')
    await holder.query('BEGIN')
    await holder.query(`LOCK TABLE ${identifier} IN ACCESS EXCLUSIVE MODE`)
    const [{ pid } = {}] = await holder.query('SELECT pg_backend_pid() AS pid')
    const bite = pollBite(async () => {
      const [row] = await database.query(
        `SELECT count(*)::int AS waiting FROM pg_stat_activity
         WHERE datname = current_database() AND $1 = ANY (pg_blocking_pids(pid))`,
        [pid],
      )
      return Number(row?.['waiting'] ?? 0) > 0
    })
    return {
      firstBite: () => bite.firstBite(),
      lift: async () => {
        await bite.stop()
        // Its end is the lock's end, whether the solution has ended it before or not.
        await holder.close()
      },
    }
  },
}
