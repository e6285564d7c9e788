import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { runNode } from '../testing/project.ts'
import { shop } from '../testing/shop.ts'

const run = promisify(execFile)
const repository = join(import.meta.dirname, '../..')

test('npm pack installs into an empty project and proves something there', async () => {
  await using packed = await temporaryFolder()
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', packed.path], {
    cwd: repository,
  })
  const [tarball = ''] = await readdir(packed.path)

  await using project = await temporaryFolder({
    'package.json': '{ "name": "stranger", "type": "module" }',
    ...shop(),
  })
  await run(
    'npm',
    ['install', '--no-audit', '--no-fund', '--save-dev', join(packed.path, tarball), 'vitest@5'],
    { cwd: project.path },
  )

  const { status, output } = await runNode(project.path, [
    join(project.path, 'node_modules/proofbook/dist/cli/main.js'),
    'verify',
  ])
  expect(output).toContain('1 interaction     1 verified')
  expect(output).toContain('1 operation       4 cases: 4 verified')
  expect(status).toBe(0)

  const vitest = join(project.path, 'node_modules/vitest/vitest.mjs')
  const plain = await runNode(project.path, [vitest, 'run'])
  expect(plain.output).toContain('1 interaction     1 verified')
  expect(plain.status).toBe(0)
}, 300_000)
