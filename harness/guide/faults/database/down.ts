import { endSessions } from './sessions.ts'
import type { DatabaseVariant } from './database-variant.ts'

/** Nobody can connect, and whoever was connected is not any more. */
export interface DatabaseDown {
  readonly does: 'down' | 'restarted'
}

const putDown: DatabaseVariant<DatabaseDown>['put'] = async (testbed, name, { does }) => {
  // A server that is restarted says good-bye (57P01) before it is gone; one that is cut off does not.
  if (does === 'restarted') await endSessions(testbed.database(name))
  const toxic = await testbed.link(name).add({ type: 'down' })
  let lifted = false
  return {
    firstBite: () => toxic.firstBite(),
    lift: async () => {
      if (lifted) return
      lifted = true
      await toxic.remove()
    },
  }
}

/** `down`: the path to it is cut. */
export const databaseDown: DatabaseVariant<DatabaseDown> = {
  does: 'down',
  words: 'down',
  parse: (text) => (/^down$/i.test(text) ? { does: 'down' } : undefined),
  put: putDown,
}

/** `restarted`: sessions are ended as by a server that goes down, and until the fault ends there is none. */
export const databaseRestarted: DatabaseVariant<DatabaseDown> = {
  does: 'restarted',
  words: 'restarted',
  parse: (text) => (/^restarted$/i.test(text) ? { does: 'restarted' } : undefined),
  put: putDown,
}
