import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { repository } from '../../testing/pages.ts'
import { makeProject } from '../../testing/project.ts'

const nightly = '.github/workflows/nightly.yml'

test('writes the workflows that this project has too, once, and overwrites nothing unasked', async () => {
  await using project = await makeProject({})
  const written = await project.proofbook(['init', '--ci', 'github'])
  expect(written).toMatchObject({ status: 0 })
  for (const file of [nightly, '.github/workflows/pull-request.yml']) {
    expect(written.stdout).toContain(` wrote ${file}\n`)
    const text = await readFile(join(project.path, file), 'utf8')
    expect(text).toBe(await readFile(join(repository, file), 'utf8'))
  }
  expect((await project.proofbook(['init', '--ci', 'github'])).status).toBe(0)

  const other = await project.proofbook(['init', '--ci', 'github', '--shards', '2'])
  expect(other).toMatchObject({ status: 1 })
  expect(other.stderr).toContain(`${nightly}: there is such a file already`)
  const forced = await project.proofbook(['init', '--ci', 'github', '--shards', '2', '--force'])
  expect(forced.status).toBe(0)
  expect(await readFile(join(project.path, nightly), 'utf8')).toContain('shard: [1, 2]\n')
})

test.each([
  [['init'], 'expected: --ci github'],
  [['init', '--ci', 'jenkins'], 'Allowed choices are github'],
  [['init', '--ci', 'github', '--shards', '0'], 'expected a whole number from 1 to 64'],
])('%j says what it needs', async (args, message) => {
  await using project = await makeProject({})
  const { status, stderr } = await project.proofbook(args)
  expect(status).toBe(1)
  expect(stderr).toContain(message)
})
