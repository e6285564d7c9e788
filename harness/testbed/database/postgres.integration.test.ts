import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PostgresConfig } from '../../config/schema.ts'
import { Blocked, UserError } from '../../model/user-error.ts'
import type { Custody } from '../custody.ts'
import { temporaryCustody } from '../testing/temporary-custody.ts'
import { temporaryFolder, type TemporaryFolder } from '../../testing/temporary-folder.ts'
import { openPostgres, type PostgresServer } from './postgres.ts'

const migrations = {
  'db/1_orders.up.sql': 'CREATE TABLE orders (id int PRIMARY KEY, status text NOT NULL);',
  'db/1_orders.down.sql': 'DROP TABLE orders;',
  'db/2_paid.up.sql': 'ALTER TABLE orders ADD paid boolean NOT NULL DEFAULT false;',
  'seed.sql': "INSERT INTO orders VALUES (1, 'open');",
}
const config: PostgresConfig = { type: 'postgres', migrate: { folder: 'db' }, seed: 'seed.sql' }
const environment = { PATH: process.env.PATH ?? '' }

let custody: Custody & AsyncDisposable
let server: PostgresServer
let names = 0
const newName = (): string => `case_${(names += 1)}`

beforeAll(async () => {
  custody = await temporaryCustody()
  server = await openPostgres(custody, { version: undefined, root: process.cwd() })
})
afterAll(async () => {
  await server.close()
  await custody[Symbol.asyncDispose]()
})

const query = async (url: string, text: string): Promise<readonly unknown[]> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}

const templateOf = (project: TemporaryFolder, wanted: PostgresConfig = config) =>
  server.template(wanted, { root: project.path, environment })

/** A fresh clone of the template for a config. */
const cloneOf = async (project: TemporaryFolder, wanted: PostgresConfig = config) =>
  server.clone(await templateOf(project, wanted), newName())

/** What making a template of one migration fails with. */
const failureOf = async (sql: string): Promise<unknown> => {
  await using project = await temporaryFolder({ 'db/1.sql': sql })
  const making = templateOf(project, { type: 'postgres', migrate: { folder: 'db' } })
  // Awaited here: the project is gone when this function ends.
  return await making.catch((error: unknown) => error)
}

test('says which PostgreSQL it is', () => {
  expect(server.versionText).toMatch(/^PostgreSQL 17\.\d+$/)
})

test('is real: UTF-8, the C locale, a password', async () => {
  await using project = await temporaryFolder(migrations)
  const { url } = await cloneOf(project)
  const settings = await query(
    url,
    "SELECT current_setting('server_encoding') AS encoding, datcollate FROM pg_database WHERE datname = current_database()",
  )
  expect(settings).toEqual([{ encoding: 'UTF8', datcollate: 'C' }])
  const without = url.replace(/:[^:@/]+@/, ':wrong@')
  await expect(query(without, 'SELECT 1')).rejects.toThrow(/password authentication failed/)
})

describe('templates', () => {
  test('hold the migrations in order, and the seed', async () => {
    await using project = await temporaryFolder(migrations)
    const { url } = await cloneOf(project)
    expect(await query(url, 'SELECT * FROM orders')).toEqual([
      { id: 1, status: 'open', paid: false },
    ])
  })

  test('are made once, also when many ask at the same time', async () => {
    await using project = await temporaryFolder(migrations)
    const all = await Promise.all(Array.from({ length: 5 }, () => templateOf(project)))
    expect(new Set(all.map(({ name }) => name)).size).toBe(1)
  })

  test('are made again when the seed changes', async () => {
    await using project = await temporaryFolder(migrations)
    const before = await cloneOf(project)
    await project.write('seed.sql', "INSERT INTO orders VALUES (2, 'paid');")
    const after = await cloneOf(project)
    expect(await query(before.url, 'SELECT id FROM orders')).toEqual([{ id: 1 }])
    expect(await query(after.url, 'SELECT id FROM orders')).toEqual([{ id: 2 }])
  })

  test('let nobody in', async () => {
    await using project = await temporaryFolder(migrations)
    const { name } = await templateOf(project)
    const { url } = await cloneOf(project)
    await expect(query(url.replace(/[^/]+$/, name), 'SELECT 1')).rejects.toThrow(
      /not currently accepting connections/,
    )
  })

  test('a config with neither migrations nor seed gives an empty database', async () => {
    await using project = await temporaryFolder()
    const { url } = await cloneOf(project, { type: 'postgres' })
    expect(await query(url, "SELECT 1 FROM pg_tables WHERE schemaname = 'public'")).toEqual([])
  })
})

const withExtensions = (...extensions: string[]): PostgresConfig => ({
  type: 'postgres',
  extensions,
  migrate: { folder: 'db' },
})

describe('extensions', () => {
  const sql = { 'db/1.sql': "CREATE TABLE words AS SELECT similarity('word', 'ward') AS close" }

  test('are there before the migrations, and in each clone', async () => {
    await using project = await temporaryFolder(sql)
    const { url } = await cloneOf(project, withExtensions('pg_trgm', 'uuid-ossp'))
    expect(await query(url, 'SELECT close > 0 AS similar FROM words')).toEqual([{ similar: true }])
    expect(await query(url, 'SELECT uuid_generate_v4() IS NOT NULL AS made')).toEqual([
      { made: true },
    ])
  })

  test('that the installation lacks are blocked with those that it has', async () => {
    await using project = await temporaryFolder(sql)
    await expect(templateOf(project, withExtensions('pg_trgn'))).rejects.toMatchObject({
      name: 'Blocked',
      message: expect.stringMatching(
        /no extension "pg_trgn"[^]*pgcrypto[^]*fix: write "pg_trgm"/,
      ) as string,
    })
    await expect(templateOf(project, withExtensions('pg_trgm'))).resolves.toBeDefined()
  })
})

describe('clones', () => {
  test('do not see each other: two write the same row at once', async () => {
    await using project = await temporaryFolder(migrations)
    const [one, two] = await Promise.all([cloneOf(project), cloneOf(project)])
    const first = new Client({ connectionString: one.url })
    const second = new Client({ connectionString: two.url })
    await Promise.all([first.connect(), second.connect()])
    // Both transactions are open at the same time: in one database the second would wait.
    await Promise.all([first.query('BEGIN'), second.query('BEGIN')])
    await Promise.all([
      first.query("UPDATE orders SET status = 'first' WHERE id = 1"),
      second.query("UPDATE orders SET status = 'second' WHERE id = 1"),
    ])
    await Promise.all([first.query('COMMIT'), second.query('COMMIT')])
    await Promise.all([first.end(), second.end()])
    expect(await query(one.url, 'SELECT status FROM orders')).toEqual([{ status: 'first' }])
    expect(await query(two.url, 'SELECT status FROM orders')).toEqual([{ status: 'second' }])
  })

  test('can be made side by side from one template', async () => {
    await using project = await temporaryFolder(migrations)
    const clones = await Promise.all(Array.from({ length: 12 }, () => cloneOf(project)))
    const rows = await Promise.all(clones.map(({ url }) => query(url, 'SELECT id FROM orders')))
    expect(rows).toEqual(clones.map(() => [{ id: 1 }]))
    await Promise.all(clones.map(({ name }) => server.drop(name)))
  })

  test('are dropped with a client in them, and made anew under the same name', async () => {
    await using project = await temporaryFolder(migrations)
    const template = await templateOf(project)
    const name = newName()
    const { url } = await server.clone(template, name)
    const client = new Client({ connectionString: url })
    const broken = new Promise((resolve) => client.on('error', resolve))
    await client.connect()
    await client.query('DELETE FROM orders')
    await server.drop(name)
    await broken
    const again = await server.clone(template, name)
    expect(await query(again.url, 'SELECT id FROM orders')).toEqual([{ id: 1 }])
  })

  test('dropping one that is not there is no error', async () => {
    await expect(server.drop('never_made')).resolves.toBeUndefined()
  })
})

describe('a mistake in SQL', () => {
  test('is shown at the place that PostgreSQL names', async () => {
    const error = await failureOf('CREATE TABLE a (id int);\n\nALTER TABLE b\n  ADD x int;\n')
    expect(error).toBeInstanceOf(UserError)
    expect(String(error)).toContain(
      'db/1.sql:3:1: PostgreSQL refuses it: relation "b" does not exist. (SQLSTATE 42P01)',
    )
    expect(String(error)).toContain('fix: correct the statement')
  })

  test('is shown at its character, also behind an emoji', async () => {
    const error = await failureOf("SELECT '😀' AS a, nowhere;")
    expect(String(error)).toContain('db/1.sql:1:19: PostgreSQL refuses it: column "nowhere"')
  })

  test('that shows only while it runs is shown at the start of the statement', async () => {
    const error = await failureOf(
      'CREATE TABLE a (id int PRIMARY KEY);\nINSERT INTO a VALUES (1);\n-- again; and again\nINSERT INTO a\nVALUES (1);',
    )
    expect(String(error)).toContain('db/1.sql:4:1: PostgreSQL refuses it: duplicate key')
    expect(String(error)).toContain('Key (id)=(1) already exists.')
  })

  test.each([
    ['\\connect orders', 'take them out'],
    ['CREATE TABLE a (id int);\nCOPY a FROM STDIN;\n', 'write INSERT statements'],
    ['CREATE TABLE a (id int); CREATE INDEX CONCURRENTLY ON a (id);', 'a file of its own'],
  ])('%j gets a fix of its own', async (sql, fix) => {
    const error = await failureOf(sql)
    expect(error).toBeInstanceOf(UserError)
    expect(String(error)).toContain(fix)
  })

  test('is remembered until the file changes', async () => {
    await using project = await temporaryFolder({ 'db/1.sql': 'SELEC 1' })
    const broken: PostgresConfig = { type: 'postgres', migrate: { folder: 'db' } }
    const first = await templateOf(project, broken).catch((error: unknown) => error)
    const second = await templateOf(project, broken).catch((error: unknown) => error)
    expect(second).toBe(first)
    await project.write('db/1.sql', 'SELECT 1')
    await expect(templateOf(project, broken)).resolves.toHaveProperty('name')
  })
})

const command = (script: string): PostgresConfig => ({
  type: 'postgres',
  migrate: [process.execPath, script],
})

const connecting = (body: string): string =>
  `import pg from '${import.meta.resolve('pg')}'
  const client = new pg.Client(process.env.MIGRATE_BY === 'libpq' ? {} : process.env.DATABASE_URL)
  await client.connect()
  ${body}`

describe('a migration command', () => {
  test('gets the database as a URL, and a connection that it leaves open does no harm', async () => {
    await using project = await temporaryFolder({
      'migrate.mjs': connecting("await client.query('CREATE TABLE a (id int)'); process.exit(0)"),
    })
    const { url } = await cloneOf(project, command('migrate.mjs'))
    expect(await query(url, 'SELECT * FROM a')).toEqual([])
  })

  test('gets it as libpq reads it too', async () => {
    await using project = await temporaryFolder({
      'migrate.mjs': connecting("await client.query('CREATE TABLE a (id int)'); client.end()"),
    })
    const template = await server.template(command('migrate.mjs'), {
      root: project.path,
      environment: { ...environment, MIGRATE_BY: 'libpq' },
    })
    const { url } = await server.clone(template, newName())
    expect(await query(url, 'SELECT * FROM a')).toEqual([])
  })

  test('that fails is blocked with the end of its output, the password masked', async () => {
    await using project = await temporaryFolder({
      'migrate.mjs': 'console.error("no", process.env.PGPASSWORD); process.exit(3)',
    })
    const error = await templateOf(project, command('migrate.mjs')).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(Blocked)
    expect(String(error)).toMatch(/migrate\.mjs" ended with exit status 3\./)
    expect((error as Blocked).parts.log).toBe('no ***')
  })

  test('that failed is tried again', async () => {
    await using project = await temporaryFolder({
      'migrate.mjs':
        "import { existsSync, writeFileSync } from 'node:fs'; if (!existsSync('.done')) { writeFileSync('.done', ''); process.exit(1) }",
    })
    await expect(templateOf(project, command('migrate.mjs'))).rejects.toThrow(Blocked)
    await expect(templateOf(project, command('migrate.mjs'))).resolves.toHaveProperty('name')
  })

  test('that is no program is blocked', async () => {
    await using project = await temporaryFolder()
    const wanted: PostgresConfig = { type: 'postgres', migrate: ['no-such-program'] }
    await expect(templateOf(project, wanted)).rejects.toThrow(Blocked)
  })
})

describe('a migration module', () => {
  const module: PostgresConfig = { type: 'postgres', migrate: { module: 'migrate.ts' } }
  const body = `
    import pg from '${import.meta.resolve('pg')}'
    type Database = { readonly url: string }
    export NAME async ({ url }: Database): Promise<void> => {
      const client = new pg.Client(url)
      await client.connect()
      await client.query('CREATE TABLE a (id int)')
    }`

  test.each([['default'], ['const migrate =']])('exports %s', async (name) => {
    await using project = await temporaryFolder({ 'migrate.ts': body.replace('NAME', name) })
    const { url } = await cloneOf(project, module)
    expect(await query(url, 'SELECT * FROM a')).toEqual([])
  })

  test('without a function is blocked with the reason', async () => {
    await using project = await temporaryFolder({ 'migrate.ts': 'export const a = 1' })
    const error = await templateOf(project, module).catch((e: unknown) => e)
    expect(String(error)).toMatch(/The migration module migrate\.ts ended with exit status 1/)
    expect((error as Blocked).parts.log).toMatch(/exports no function/)
  })

  test('that is missing is a mistake of the config', async () => {
    await using project = await temporaryFolder()
    await expect(templateOf(project, module)).rejects.toThrow(
      /^migrate\.ts: there is no such module/,
    )
  })
})
