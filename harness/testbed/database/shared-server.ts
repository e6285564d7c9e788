import { Client, escapeIdentifier } from 'pg'
import { connectionTo, type ServerAddress } from './connection.ts'

/** A run's place on a server that outlives it, beside other runs. */
export interface SharedPlace {
  /** What the names of the run's databases begin with. */
  readonly prefix: string
  /** Gives the place up: its databases are dropped. */
  close(): Promise<void>
}

const prefixOf = (runId: string): string => `run_${runId.replaceAll('-', '_')}_`

/** Databases of runs, by their names alone: template names look different. */
const named = "SELECT datname FROM pg_database WHERE datname ~ '^run_[0-9]+_[0-9a-f]+_'"

const drop = async (client: Client, prefix: string): Promise<void> => {
  const { rows } = await client.query<{ readonly datname: string }>(named)
  for (const { datname } of rows)
    if (datname.startsWith(prefix))
      await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(datname)} WITH (FORCE)`)
}

/** A lock belongs to a connection: it is free as soon as whoever held it is dead, on any machine. */
const dropOfDeadRuns = async (client: Client): Promise<void> => {
  const { rows } = await client.query<{ readonly datname: string }>(named)
  const prefixes = new Set(rows.map(({ datname }) => datname.split('_', 3).join('_') + '_'))
  for (const prefix of prefixes) {
    const lock = await client.query<{ readonly free: boolean }>(
      'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS free',
      [prefix],
    )
    if (lock.rows[0]?.free !== true) continue
    await drop(client, prefix)
    await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [prefix])
  }
}

/**
 * Takes a place on a server that is used by one run after the other, or by several at once, and drops
 * what runs have left there that are dead.
 */
export const openSharedPlace = async (
  server: ServerAddress,
  runId: string,
): Promise<SharedPlace> => {
  const client = new Client({ connectionString: connectionTo(server, 'postgres').url })
  client.on('error', () => {})
  await client.connect()
  await dropOfDeadRuns(client)
  const prefix = prefixOf(runId)
  await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [prefix])
  return {
    prefix,
    close: async () => {
      await drop(client, prefix).catch(() => {})
      await client.end().catch(() => {})
    },
  }
}
