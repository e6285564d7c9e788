import { Client } from 'pg'
import type { DatabaseClient } from '../testbed.ts'

/** A server that does not answer is not waited for longer than this. */
const connectMilliseconds = 10_000

/** The name of the harness' own connections, by which drills tell them from the provider's. */
export const harnessName = 'proofbook'

/** A client that connects with its first query. */
export interface LazyDatabaseClient extends DatabaseClient {
  /** Never rejects. */
  close(): Promise<void>
}

/**
 * A client for one database: one connection, made when it is first needed, and made again after it
 * was lost.
 *
 * @example
 * const database = openDatabaseClient('postgres://user:password@127.0.0.1:5432/orders')
 * await database.query('SELECT 1 AS one') // [{ one: 1 }]
 */
export const openDatabaseClient = (url: string): LazyDatabaseClient => {
  let connected: Promise<Client> | undefined

  const connect = async (): Promise<Client> => {
    const client = new Client({
      connectionString: url,
      connectionTimeoutMillis: connectMilliseconds,
      application_name: harnessName,
      // As an operator has it: what a drill does to the database is not done to who mends it.
      options: '-c default_transaction_read_only=off',
    })
    // Said when the server ends the connection; the next query makes a new one.
    client.on('error', forget)
    client.on('end', forget)
    await client.connect()
    return client
  }
  const forget = (): void => {
    connected = undefined
  }
  const client = (): Promise<Client> => {
    if (connected !== undefined) return connected
    const attempt = connect()
    attempt.catch(forget)
    connected = attempt
    return attempt
  }

  return {
    url,
    query: async (text, values = []) => {
      const { rows } = await (await client()).query<Record<string, unknown>>(text, [...values])
      return rows
    },
    close: async () => {
      const open = await connected?.catch(() => undefined)
      connected = undefined
      await open?.end().catch(() => {})
    },
  }
}
