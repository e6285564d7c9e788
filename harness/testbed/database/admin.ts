import { setTimeout as after } from 'node:timers/promises'
import { DatabaseError, Pool } from 'pg'
import { Blocked, UserError } from '../../model/user-error.ts'
import type { Exit } from '../custody.ts'
import type { Watched } from '../wait-until.ts'
import type { ServerAddress } from './connection.ts'

/** The server is gone; another one can be started. */
export class ServerEnded extends Blocked {}

/** Runs statements on the server as a whole, outside of any clone. */
export interface Admin {
  /** Throws `Blocked`, with the last log lines where the server has ended. */
  run(statement: string): Promise<readonly Readonly<Record<string, unknown>>[]>
  /** What a failure of any connection to the server means: `Blocked` where the server has ended. */
  explain(error: unknown): Promise<unknown>
  close(): Promise<void>
}

/** Statements here copy folders, so more at once only wait for each other. */
const connectionsMax = 4

/** A connection can break a little before the end of the process is known. */
const endKnownWithinDefault = 1000

/** SQLSTATE class 57P: the server is going down, has crashed or is not up yet. */
const isConnectionFailure = (error: unknown): boolean => {
  if (error instanceof UserError || error instanceof Blocked) return false
  return !(error instanceof DatabaseError) || (error.code ?? '').startsWith('57P')
}

/** What a server that ended under its users says to them, with the last lines of its log. */
export const endedWhileNeeded = (owned: Watched, { code, signal }: Exit): ServerEnded =>
  new ServerEnded({
    problem: `PostgreSQL ended while it was needed (${signal ?? `exit status ${code ?? 'unknown'}`}).`,
    fix: 'read its log, which follows; cases that come later get a new one',
    log: owned.log().slice(-15).join('\n'),
  })

/**
 * Makes a small pool of connections to the database `postgres`. The last parameter says how long
 * after a connection broke the end of the server may become known.
 *
 * @example
 * await admin.run('CREATE DATABASE orders')
 */
export const openAdmin = (
  owned: Watched,
  { host, port, user, password }: ServerAddress,
  endKnownWithinMilliseconds = endKnownWithinDefault,
): Admin => {
  const pool = new Pool({
    host,
    port,
    user,
    password,
    database: 'postgres',
    max: connectionsMax,
    connectionTimeoutMillis: 10_000,
    allowExitOnIdle: true,
  })
  // An idle connection that breaks says nothing: the next statement finds out.
  pool.on('error', () => {})

  const ended = async (): Promise<Blocked | undefined> => {
    const exit = await Promise.race([
      owned.exited,
      after(endKnownWithinMilliseconds, undefined, { ref: false }),
    ])
    if (exit === undefined) return undefined
    return endedWhileNeeded(owned, exit)
  }

  const explain = async (error: unknown): Promise<unknown> =>
    isConnectionFailure(error) ? ((await ended()) ?? error) : error

  return {
    run: async (statement) => {
      try {
        return (await pool.query<Record<string, unknown>>(statement)).rows
      } catch (error) {
        const reason = await explain(error)
        if (reason instanceof Blocked) throw reason
        throw new Blocked({ problem: `PostgreSQL refused "${statement}": ${String(reason)}` })
      }
    },
    explain,
    close: async () => {
      if (!pool.ended) await pool.end().catch(() => {})
    },
  }
}
