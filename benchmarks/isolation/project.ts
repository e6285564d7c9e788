import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ValidConfig } from '../../harness/config/schema.ts'

/** The provider's program. */
export const program = join(import.meta.dirname, 'provider.mjs')

/** What every variant's database is made from. */
export const database = { type: 'postgres', migrate: { folder: 'migrations' } } as const

const table = (index: number): string => `
  CREATE TABLE t${index} (id bigserial PRIMARY KEY, word text NOT NULL, at timestamptz DEFAULT now());
  CREATE INDEX ON t${index} (word);
  INSERT INTO t${index} (word) SELECT md5(n::text) FROM generate_series(1, 100) n;`

/** Writes the schema into a folder: a dozen tables with some rows, as a small service has. */
export const writeProject = async (root: string): Promise<void> => {
  await mkdir(join(root, 'migrations'))
  const tables = Array.from({ length: 12 }, (_, index) => table(index))
  await writeFile(join(root, 'migrations/1.sql'), tables.join('\n'))
}

const integration = (reset: 'process' | 'database') => ({
  provider: {
    start: { command: [process.execPath, program, '{port}'] },
    ready: { http: '/health' },
    environment: { DATABASE_URL: '{database.url}' },
    reset,
  },
  dependencies: { database },
})

/** The same integration for each reset, named by it. */
export const configFor = (): ValidConfig => {
  return {
    // What is compared with runs as processes too, whether or not an engine is here.
    runtime: 'processes',
    integrations: {
      // Leased once before anything is measured: server and template are there then.
      first: integration('process'),
      process: integration('process'),
      database: integration('database'),
    },
  }
}
