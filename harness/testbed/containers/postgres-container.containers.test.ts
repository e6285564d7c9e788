import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askEngine } from '../engine/ask-engine.ts'
import type { PostgresServer } from '../database/postgres.ts'
import { onEngine, openHarbour, type TestHarbour } from '../testing/engine-for-test.ts'
import { temporaryFolder, type TemporaryFolder } from '../../testing/temporary-folder.ts'
import { openPostgresContainer } from './postgres-container.ts'

let harbour: TestHarbour
let project: TemporaryFolder
let server: PostgresServer

const config = { type: 'postgres', migrate: { folder: 'db' } } as const

const open = (
  options: { readonly version?: 17 | 18; readonly image?: string; readonly reuse?: boolean },
  { custody, containers } = harbour,
): Promise<PostgresServer> =>
  openPostgresContainer(custody, containers, {
    version: options.version,
    image: options.image,
    root: project.path,
    reuse: options.reuse ?? false,
  })

beforeAll(async () => {
  project = await temporaryFolder({ 'db/1.sql': 'CREATE TABLE orders (id int PRIMARY KEY)' })
  harbour = await openHarbour(project.path)
  server = await open({ version: 17 })
})
afterAll(async () => {
  await server.close()
  await harbour[Symbol.asyncDispose]()
  await project[Symbol.asyncDispose]()
})

const query = async (url: string, text: string): Promise<readonly unknown[]> => {
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}

const templateOn = (on: PostgresServer) =>
  on.template(config, { root: project.path, environment: {} })

describe('PostgreSQL in a container', () => {
  test('says what it is, and what it is made of', () => {
    expect(server.versionText).toMatch(/^PostgreSQL 17\.\d+$/)
    expect(server.madeOf).toBe('container postgres:17')
  })

  test('has its data in memory, and does not wait for a disk', async () => {
    const { url } = await server.clone(await templateOn(server), 'settings')
    const [row] = await query(
      url,
      "SELECT current_setting('fsync') AS fsync, current_setting('data_directory') AS data",
    )
    expect(row).toEqual({ fsync: 'off', data: '/proofbook/data' })
    await server.drop('settings')
  })

  test('makes clones that do not see each other', async () => {
    const template = await templateOn(server)
    const [a, b] = [await server.clone(template, 'a'), await server.clone(template, 'b')]
    await query(a.url, 'INSERT INTO orders VALUES (1)')
    expect(await query(b.url, 'SELECT * FROM orders')).toEqual([])
    await Promise.all([server.drop('a'), server.drop('b')])
  })

  test('is blocked where the image holds another version, and nothing is left of it', async () => {
    const before = await onEngine(harbour.engine, harbour.custody.runId)
    await expect(open({ version: 18, image: 'postgres:17' })).rejects.toThrow(
      /The server \(container postgres:17\) says that it is PostgreSQL 17\.\d+, and the config asks for 18\./,
    )
    expect(await onEngine(harbour.engine, harbour.custody.runId)).toEqual(before)
  })

  test('is blocked where the image is none of PostgreSQL', async () => {
    await expect(open({ image: 'node:24-slim' })).rejects.toThrow(
      /PostgreSQL \(container node:24-slim\) (?:ended|could not be started)/,
    )
  })

  test('that is killed says so to whoever needs it', async () => {
    const dying = await open({ version: 17 })
    const template = await templateOn(dying)
    const filters = JSON.stringify({ publish: [String(dying.port)] })
    const { text } = await askEngine(harbour.engine.address, {
      path: '/containers/json',
      query: { filters },
    })
    const [{ Id }] = JSON.parse(text) as [{ Id: string }]
    await askEngine(harbour.engine.address, { method: 'POST', path: `/containers/${Id}/kill` })
    await dying.exited
    await expect(dying.clone(template, 'late')).rejects.toThrow(
      'PostgreSQL ended while it was needed (exit status 137).',
    )
    await dying.close()
  })
})

describe('a server that is used again', () => {
  test('keeps templates from run to run, and drops what dead runs have left', async () => {
    await using first = await openHarbour(project.path)
    const one = await open({ version: 17, reuse: true }, first)
    const { port } = one
    const made = await one.clone(await templateOn(one), 'orders_1')
    await query(made.url, 'INSERT INTO orders VALUES (1)')

    // A run of which only a database is left: nobody holds its lock.
    const dead = 'run_1_0a0a0a0a_orders_1'
    await query(made.url, `CREATE DATABASE ${dead}`)
    await using second = await openHarbour(project.path)
    const two = await open({ version: 17, reuse: true }, second)
    expect(two.port).toBe(port)
    const clone = await two.clone(await templateOn(two), 'orders_1')
    expect(clone.name).not.toBe(made.name)
    expect(await query(clone.url, 'SELECT * FROM orders')).toEqual([])
    const databases = await query(clone.url, "SELECT datname FROM pg_database WHERE datname ~ '_'")
    expect(databases).not.toContainEqual({ datname: dead })
    expect(databases.filter((row) => JSON.stringify(row).includes('"template_'))).toHaveLength(1)

    await one.close()
    expect(await query(clone.url, 'SELECT * FROM orders')).toEqual([])
    const left = await query(clone.url, "SELECT datname FROM pg_database WHERE datname ~ '^run_'")
    expect(left).toEqual([{ datname: clone.name }])
    await two.close()

    const filters = JSON.stringify({ publish: [String(port)] })
    const { address } = harbour.engine
    const { text } = await askEngine(address, { path: '/containers/json', query: { filters } })
    const [{ Id }] = JSON.parse(text) as [{ Id: string }]
    const all = { force: 'true', v: 'true' }
    await askEngine(address, { method: 'DELETE', path: `/containers/${Id}`, query: all })
  })
})
