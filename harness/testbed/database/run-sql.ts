import { DatabaseError, type Client } from 'pg'
import type { Place } from '../../model/place.ts'
import { UserError } from '../../model/user-error.ts'
import { indexOfCharacter, placeAt, statementStarts, type LineAndColumn } from './sql-place.ts'

/** A script from one of the user's files. */
export interface SqlScript {
  /** Relative to the project's root, for messages. */
  readonly file: string
  readonly text: string
}

const fixOf = (error: DatabaseError, text: string): string => {
  if (error.message.includes('No source stream defined'))
    return 'COPY ... FROM STDIN needs a client that sends the rows: write INSERT statements (pg_dump --inserts)'
  if (/^\\[a-z!]/im.test(text) && error.code === '42601')
    return "lines that begin with a backslash are psql's own commands, not SQL: take them out"
  if (error.code === '25001')
    return 'put this statement into a file of its own: the statements of one file run in one transaction'
  return error.hint ?? 'correct the statement; it runs again when the file has changed'
}

const startOfStatement = (text: string, index: number): LineAndColumn | undefined => {
  // A body written so holds semicolons that end nothing: no line is better than a wrong one.
  if (/\bBEGIN\s+ATOMIC\b/i.test(text)) return undefined
  const start = statementStarts(text)[index]
  return start === undefined ? undefined : placeAt(text, start)
}

/** PostgreSQL gives no position for what goes wrong while a statement runs: then it is its start. */
const placeIn = (
  { file, text }: SqlScript,
  error: DatabaseError,
  completed: number,
): Place | { readonly file: string } => {
  const at =
    error.position === undefined
      ? startOfStatement(text, completed)
      : placeAt(text, indexOfCharacter(text, Number(error.position)))
  return at === undefined ? { file } : { file, ...at }
}

/**
 * Runs a script of any number of statements on a connection, as one transaction where it says
 * nothing else.
 *
 * Throws `UserError` with the file and the line where PostgreSQL refuses it, and whatever the
 * connection throws where that breaks.
 */
export const runSql = async (client: Client, script: SqlScript): Promise<void> => {
  let completed = 0
  const count = (): void => {
    completed += 1
  }
  client.connection.on('commandComplete', count)
  try {
    await client.query(script.text)
  } catch (error) {
    if (!(error instanceof DatabaseError) || (error.code ?? '').startsWith('57P')) throw error
    const detail = error.detail === undefined ? '' : ` ${error.detail}`
    throw new UserError({
      problem: `PostgreSQL refuses it: ${error.message}.${detail} (SQLSTATE ${error.code ?? 'unknown'})`,
      place: placeIn(script, error, completed),
      expected: 'SQL that runs on an empty database, after the files before it',
      fix: fixOf(error, script.text),
    })
  } finally {
    client.connection.off('commandComplete', count)
  }
}
