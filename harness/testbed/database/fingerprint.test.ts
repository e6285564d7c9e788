import { describe, expect, test } from 'vitest'
import type { PostgresConfig } from '../../config/schema.ts'
import { temporaryFolder } from '../../testing/temporary-folder.ts'
import { fingerprintOf } from './fingerprint.ts'

const files = {
  'package.json': '{}',
  'db/1.sql': 'CREATE TABLE a ()',
  'db/seed.sql': 'SELECT 1',
  'tools/migrate.ts': 'export const migrate = () => {}',
  'tools/schema.ts': '',
  'server/migrations/1.ts': '',
  'server/handler.ts': '',
  'node_modules/x/migrations/1.sql': '',
}
const folder: PostgresConfig = {
  type: 'postgres',
  migrate: { folder: 'db' },
  seed: 'db/seed.sql',
}
const command: PostgresConfig = { type: 'postgres', migrate: ['npm', 'run', 'migrate'] }
const script: PostgresConfig = { type: 'postgres', migrate: ['node', 'tools/migrate.ts'] }
const module: PostgresConfig = { type: 'postgres', migrate: { module: 'tools/migrate.ts' } }

/** Whether changing one file changes the fingerprint. */
const changesWith = async (config: PostgresConfig, changed: string): Promise<boolean> => {
  await using project = await temporaryFolder(files)
  const options = { root: project.path, environment: {} }
  const before = await fingerprintOf(config, options, 'PostgreSQL 17.10')
  await project.write(changed, 'changed, and longer')
  return (await fingerprintOf(config, options, 'PostgreSQL 17.10')) !== before
}

describe('fingerprintOf', () => {
  test.each([
    ['a migration of a folder', folder, 'db/1.sql'],
    ['the seed', folder, 'db/seed.sql'],
    ['a new migration', folder, 'db/2.sql'],
    ['the module', module, 'tools/migrate.ts'],
    ['what lies beside the module', module, 'tools/schema.ts'],
    ['the script that a command names', script, 'tools/migrate.ts'],
    ['a folder called migrations, for a command', command, 'server/migrations/1.ts'],
    ['package.json, for a command', command, 'package.json'],
  ])('changes with %s', async (_, config, changed) => {
    expect(await changesWith(config, changed)).toBe(true)
  })

  test.each([
    ['other files', folder, 'server/handler.ts'],
    ['other files, for a command', command, 'server/handler.ts'],
    ['installed packages, for a command', command, 'node_modules/x/migrations/1.sql'],
  ])('stays with %s', async (_, config, changed) => {
    expect(await changesWith(config, changed)).toBe(false)
  })

  test('changes with the version and with the environment of a command', async () => {
    await using project = await temporaryFolder(files)
    const { path: root } = project
    const all = await Promise.all([
      fingerprintOf(command, { root, environment: {} }, 'PostgreSQL 17.10'),
      fingerprintOf(command, { root, environment: {} }, 'PostgreSQL 15.18'),
      fingerprintOf(command, { root, environment: { SCHEMA: 'b' } }, 'PostgreSQL 17.10'),
    ])
    expect(new Set(all).size).toBe(3)
  })

  test('does not depend on the order of the environment', async () => {
    await using project = await temporaryFolder(files)
    const { path: root } = project
    const all = await Promise.all([
      fingerprintOf(command, { root, environment: { A: '1', B: '2' } }, ''),
      fingerprintOf(command, { root, environment: { B: '2', A: '1' } }, ''),
    ])
    expect(all[0]).toBe(all[1])
  })
})
