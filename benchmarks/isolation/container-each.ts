import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { GenericContainer, Wait } from 'testcontainers'
import { withProgram } from './bare.ts'
import { measure, type Measured } from './at-once.ts'
import { ask } from './with-owner.ts'

const port = 5432
const password = 'postgres'

const migrate = async (connectionString: string, root: string): Promise<void> => {
  const client = new Client({ connectionString })
  await client.connect()
  try {
    for (const name of (await readdir(join(root, 'migrations'))).toSorted())
      await client.query(await readFile(join(root, 'migrations', name), 'utf8'))
  } finally {
    await client.end()
  }
}

/**
 * What people do for isolation: a container with PostgreSQL for each case, its migrations, and a
 * provider on it. Ready is its second start, after the one that initialises.
 */
export const containerEach = (root: string, count: number): Promise<Measured> =>
  measure(count, 1, async () => {
    const container = await new GenericContainer('postgres:17')
      .withEnvironment({ POSTGRES_PASSWORD: password })
      .withExposedPorts(port)
      .withWaitStrategy(
        Wait.forAll([
          Wait.forLogMessage(/database system is ready to accept connections/, 2),
          Wait.forListeningPorts(),
        ]),
      )
      .start()
    try {
      const url = `postgres://postgres:${password}@${container.getHost()}:${container.getMappedPort(port)}/postgres`
      await migrate(url, root)
      await withProgram({ DATABASE_URL: url }, ask)
    } finally {
      await container.stop()
    }
  })
