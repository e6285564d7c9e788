import type { Testbed } from '../../testbed/testbed.ts'
import { databaseDown, databaseRestarted, type DatabaseDown } from './database/down.ts'
import { databaseLock, type DatabaseLock } from './database/lock.ts'
import { databaseReadOnly, type DatabaseReadOnly } from './database/read-only.ts'
import {
  databaseTooManyConnections,
  type DatabaseTooManyConnections,
} from './database/too-many-connections.ts'
import type { AppliedFault, FaultKind } from './fault-kind.ts'
import { parseVariant } from './named-variant.ts'

type Variant = DatabaseDown | DatabaseReadOnly | DatabaseTooManyConnections | DatabaseLock

/** Something done to a testbed's own database. */
export interface DatabaseFault {
  readonly kind: 'database'
  readonly name: string
  readonly variant: Variant
}

const variants = [
  databaseDown,
  databaseRestarted,
  databaseReadOnly,
  databaseTooManyConnections,
  databaseLock,
] as const

const put = (testbed: Testbed, { name, variant }: DatabaseFault): Promise<AppliedFault> => {
  switch (variant.does) {
    case 'down':
    case 'restarted':
      return databaseDown.put(testbed, name, variant)
    case 'read-only':
      return databaseReadOnly.put(testbed, name, variant)
    case 'too-many-connections':
      return databaseTooManyConnections.put(testbed, name, variant)
    default:
      return databaseLock.put(testbed, name, variant)
  }
}

/** ``database `NAME`, …``: something done to a database, which is PostgreSQL. */
export const databaseFault: FaultKind<DatabaseFault> = {
  kind: 'database',
  words: variants.map(({ words }) => `database \`NAME\`, ${words}`),
  runtimes:
    'wherever the dependency is a PostgreSQL of the testbed; down and restarted need a link to it, too many connections PostgreSQL 17',
  parse: (text) => {
    const parsed = parseVariant<Variant>('database', text, variants)
    return 'problem' in parsed ? parsed : { fault: { kind: 'database', ...parsed.fault } }
  },
  put: (testbed, fault) => put(testbed, fault),
}
