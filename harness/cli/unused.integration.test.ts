import { expect, test } from 'vitest'
import { makeProject } from '../testing/project.ts'
import { shop, shopContract } from '../testing/shop.ts'

const unused = async (changes: Parameters<typeof shop>[0], options: readonly string[] = []) => {
  await using project = await makeProject(shop(changes))
  return await project.proofbook(['unused', ...options])
}

test('prints what no contract uses, and what no spec knows', async () => {
  const contract = shopContract().replace('"name": "tea"', '"other": 1')
  const elsewhere = shopContract({ consumer: { name: 'app' } }).replace('/items/1', '/shelves')
  const { output, status } = await unused({
    'contracts/web-shop.json': contract,
    'contracts/app-shop.json': elsewhere,
  })
  expect(output).toBe(
    [
      ' shop: specs/shop.yaml',
      '   statuses that no consumer expects',
      '     specs/shop.yaml:20:9  GET /items/{id}: 404',
      '   fields of answers that no consumer names',
      '     specs/shop.yaml:19:19  GET /items/{id}: 200 name',
      '   interactions that the spec does not know',
      '     contracts/app-shop.json:9:5  app: a request for item 1 (GET /shelves)',
      '   1 of 1 operations are asked for',
      '',
      '',
    ].join('\n'),
  )
  expect(status).toBe(0)
})

test('--json is one object', async () => {
  const { stdout } = await unused({}, ['--json'])
  expect(JSON.parse(stdout)).toMatchObject({
    schemaVersion: 1,
    specs: [{ integration: 'shop', spec: 'specs/shop.yaml', used: 1, total: 1, unknown: [] }],
    problems: [],
  })
})

test('a contract that cannot be used is red', async () => {
  const { output, status } = await unused({ 'contracts/other.json': '{"consumer": {}, "provider"' })
  expect(output).toContain('contracts/other.json:1:28: the file ends in the middle')
  expect(status).toBe(1)
})
