import { pollBite } from '../poll-bite.ts'
import { endSessions, onThisDatabase, sessionCount } from './sessions.ts'
import type { DatabaseVariant } from './database-variant.ts'

/** New sessions can read and not write, as after a failover to a standby. */
export interface DatabaseReadOnly {
  readonly does: 'read-only'
}

/** `read-only` */
export const databaseReadOnly: DatabaseVariant<DatabaseReadOnly> = {
  does: 'read-only',
  words: 'read-only',
  parse: (text) => (/^read[\s-]only$/i.test(text) ? { does: 'read-only' } : undefined),
  put: async (testbed, name) => {
    const database = testbed.database(name)
    await onThisDatabase(database, 'SET default_transaction_read_only = on')
    await endSessions(database)
    const before = await sessionCount(database)
    const bite = pollBite(async () => (await sessionCount(database)) > before)
    return {
      firstBite: () => bite.firstBite(),
      lift: async () => {
        await bite.stop()
        // Sessions that began meanwhile stay as they are: so it is after a failover, too.
        await onThisDatabase(database, 'RESET default_transaction_read_only')
      },
    }
  },
}
