import { truncate } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { UserError } from '../../model/user-error.ts'
import { temporaryFolder } from '../../testing/temporary-folder.ts'
import { readMigrations, readSqlFile } from './sql-files.ts'

describe('readMigrations', () => {
  test('orders names, numbers by their value', async () => {
    await using project = await temporaryFolder({
      'db/10_c.sql': 'c',
      'db/2_b.sql': 'b',
      'db/1_a.sql': 'a',
      'db/notes.md': 'not SQL',
    })
    const scripts = await readMigrations(project.path, 'db')
    expect(scripts).toEqual([
      { file: 'db/1_a.sql', text: 'a' },
      { file: 'db/2_b.sql', text: 'b' },
      { file: 'db/10_c.sql', text: 'c' },
    ])
  })

  test('leaves out the files that lead back', async () => {
    await using project = await temporaryFolder({
      'db/1.up.sql': 'up',
      'db/1.down.sql': 'DROP TABLE orders',
    })
    const scripts = await readMigrations(project.path, 'db')
    expect(scripts.map(({ file }) => file)).toEqual(['db/1.up.sql'])
  })

  test.each(['-- +goose Down', '-- migrate:down', '-- +migrate Down', '--+goose down'])(
    'leaves out what stands after %j',
    async (marker) => {
      await using project = await temporaryFolder({
        'db/1.sql': `CREATE TABLE a ();\n${marker}\nDROP TABLE a;`,
      })
      const [script] = await readMigrations(project.path, 'db')
      expect(script?.text).toBe('CREATE TABLE a ();\n')
    },
  )

  test('refuses a folder without a migration', async () => {
    await using project = await temporaryFolder({ 'db/1.down.sql': '' })
    await expect(readMigrations(project.path, 'db')).rejects.toThrow(
      /^db: the folder holds no migration\n {2}expected: files named \*\.sql/,
    )
  })

  test('refuses a folder that is missing', async () => {
    await using project = await temporaryFolder()
    const reading = readMigrations(project.path, 'migrations')
    await expect(reading).rejects.toThrow(UserError)
    await expect(reading).rejects.toThrow(/^migrations: there is no such folder/)
  })
})

describe('readSqlFile', () => {
  test('takes a byte order mark away', async () => {
    await using project = await temporaryFolder({ 'seed.sql': '\uFEFFSELECT 1' })
    expect(await readSqlFile(project.path, 'seed.sql')).toEqual({
      file: 'seed.sql',
      text: 'SELECT 1',
    })
  })

  test('refuses a file that is missing', async () => {
    await using project = await temporaryFolder()
    await expect(readSqlFile(project.path, 'seed.sql')).rejects.toThrow(
      /^seed\.sql: there is no such file\n.*\n {2}fix: correct the path in proofbook\.config\.ts$/,
    )
  })

  test('refuses a file that is too large', async () => {
    await using project = await temporaryFolder()
    await truncate(await project.write('seed.sql', ''), 65 * 1024 * 1024)
    await expect(readSqlFile(project.path, 'seed.sql')).rejects.toThrow(/the file has 65 MB/)
  })
})
