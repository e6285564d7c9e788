import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeProject } from '../testing/project.ts'
import { shop } from '../testing/shop.ts'

/** What an ordinary command needs, and no Java. */
const pathWithoutJava = async (folder: string): Promise<string> => {
  const bin = join(folder, 'bin')
  await mkdir(bin)
  await symlink(process.execPath, join(bin, 'node'))
  await symlink('/bin/sh', join(bin, 'sh'))
  return bin
}

test('without Java and without a network, what needs a stub is blocked with the command that mends it', async () => {
  const config = (shop()['proofbook.config.ts'] ?? '').replace(
    "      contracts: 'contracts/*.json',",
    "      dependencies: { payments: { type: 'wiremock' } },\n      contracts: 'contracts/*.json',",
  )
  await using project = await makeProject(shop({ 'proofbook.config.ts': config }))
  const { status, output } = await project.proofbook(['verify'], {
    PATH: await pathWithoutJava(project.path),
    JAVA_HOME: '',
    XDG_CACHE_HOME: join(project.path, 'cache'),
    HTTPS_PROXY: 'http://127.0.0.1:9',
    HTTP_PROXY: 'http://127.0.0.1:9',
    PROOFBOOK_JAVA_DOWNLOAD: '0',
  })
  expect(output).toContain('1 interaction     1 blocked')
  expect(output).toContain('1 operation       4 cases: 4 blocked')
  expect(output).toMatch(/Java/)
  expect(output).toMatch(/fix: (apt-get install|brew install|winget install)/)
  expect(status).toBe(1)
})
