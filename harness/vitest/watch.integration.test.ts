import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeProject } from '../testing/project.ts'
import { startNode } from '../testing/running-command.ts'
import { shop, shopContract, shopGuide } from '../testing/shop.ts'

const vitest = join(import.meta.dirname, '../../node_modules/vitest/vitest.mjs')

const guide = shopGuide(
  'http',
  `GET /items/1

HTTP 200
{ "name": "tea" }`,
)

test('watch mode reruns what depends on the file that changed', async () => {
  const files = shop({ 'guides/shop.md': guide })
  await using project = await makeProject(files)
  await using command = startNode(project.path, [vitest, '--watch'])
  const idle = /(?:Waiting|Watching) for file changes/
  await command.wait(/1 interaction +1 verified/)
  await command.wait(idle)

  const change = async (file: string, text: string, expected: RegExp): Promise<void> => {
    await project.write(file, text)
    await command.wait(expected)
    await command.wait(idle)
  }

  await change(
    'contracts/web-shop.json',
    shopContract().replace('"tea"', '"milk"'),
    /1 interaction +1 failed/,
  )
  await change('contracts/web-shop.json', shopContract(), /1 interaction +1 verified/)
  await change(
    'specs/shop.yaml',
    (files['specs/shop.yaml'] ?? '').replace('maxLength: 5', 'maxLength: 2'),
    /1 operation +4 cases: 4 failed/,
  )
  await change('guides/shop.md', guide.replace('"tea"', '"milk"'), /1 step +1 failed/)
  await change(
    'states.ts',
    "export default { 'item 1 exists': () => { throw new Error('no shelf') } }",
    /no shelf[\s\S]*1 interaction +1 failed/,
  )
  await change(
    'proofbook.config.ts',
    (files['proofbook.config.ts'] ?? '')
      .replace('integrations: {\n    shop:', 'integrations: {\n    store:')
      .replace('provider: {', "provider: { name: 'shop',"),
    /store +1 interaction/,
  )
  expect(command.output()).not.toContain('Unhandled')
})
