import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeProject } from '../testing/project.ts'
import { startNode } from '../testing/running-command.ts'
import { shop, shopContract } from '../testing/shop.ts'

const main = join(import.meta.dirname, '../../dist/cli/main.js')

const asked = async (url: string): Promise<number | string> =>
  fetch(url).then(
    ({ status }) => status,
    () => 'nobody listens',
  )

/** What `proofbook` with these arguments holds open, before and after Ctrl-C. */
const held = async (
  files: Readonly<Record<string, string>>,
  args: readonly string[],
): Promise<{ readonly before: unknown; readonly after: unknown; readonly status: unknown }> => {
  await using project = await makeProject(files)
  await using command = startNode(project.path, [main, ...args])
  const [, url = ''] = await command.wait(/export URL=(http:\S+)[\s\S]*Ctrl-C/)
  const before = await asked(`${url}/items/1`)
  command.child.kill('SIGINT')
  const status = await command.ended
  return { before, after: await asked(`${url}/items/1`), status }
}

test('proofbook up holds one testbed open, prints its address, and ends it on Ctrl-C', async () => {
  expect(await held(shop(), ['up'])).toEqual({ before: 200, after: 'nobody listens', status: 0 })
})

test('verify --keep holds the testbed of a red case open, and stays red', async () => {
  const red = shop({ 'contracts/web-shop.json': shopContract().replace('"tea"', '"milk"') })
  expect(await held(red, ['verify', '--keep', 'contracts'])).toEqual({
    before: 200,
    after: 'nobody listens',
    status: 1,
  })
})

test('an integration that does not exist is named with the nearest', async () => {
  await using project = await makeProject(shop())
  const { status, stderr } = await project.proofbook(['up', '--integration', 'shpo'])
  expect(stderr).toBe(
    'there is no integration "shpo"\n  expected: one of shop\n  fix: --integration shop\n',
  )
  expect(status).toBe(1)
})
