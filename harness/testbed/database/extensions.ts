import { Client, DatabaseError, escapeIdentifier } from 'pg'
import { nearest } from '../../model/nearest.ts'
import { Blocked } from '../../model/user-error.ts'

const missing = async (client: Client, name: string, reason: string): Promise<Blocked> => {
  const { rows } = await client.query<{ readonly name: string }>(
    'SELECT name FROM pg_available_extensions ORDER BY name',
  )
  const known = rows.map((row) => row.name)
  if (known.includes(name))
    return new Blocked({
      problem: `PostgreSQL does not create the extension "${name}": ${reason}.`,
      fix: `use an installation that can, or take "${name}" out of extensions`,
    })
  const meant = nearest(name, known)
  return new Blocked({
    problem: `This PostgreSQL has no extension "${name}": ${reason}.`,
    expected: `one of ${known.join(', ')}`,
    fix:
      meant === undefined
        ? `use an installation that has it, or take "${name}" out of extensions`
        : `write "${meant}"`,
  })
}

/**
 * Creates extensions in a database, with those that they need.
 *
 * Throws `Blocked` for one that the installation lacks, with those that it has.
 */
export const createExtensions = async (url: string, names: readonly string[]): Promise<void> => {
  const client = new Client({ connectionString: url, application_name: 'proofbook' })
  client.on('error', () => {})
  await client.connect()
  try {
    for (const name of names)
      try {
        await client.query(`CREATE EXTENSION IF NOT EXISTS ${escapeIdentifier(name)} CASCADE`)
      } catch (error) {
        if (error instanceof DatabaseError) throw await missing(client, name, error.message)
        throw error
      }
  } finally {
    await client.end().catch(() => {})
  }
}
