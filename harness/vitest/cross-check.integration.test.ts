import { expect, test } from 'vitest'
import { makeProject } from '../testing/project.ts'
import { shop, shopContract } from '../testing/shop.ts'

const verify = async (changes: Parameters<typeof shop>[0]) => {
  await using project = await makeProject(shop(changes))
  return await project.proofbook(['verify', 'contracts/web-shop.json', '-t', 'agrees with'])
}

test('a contract that agrees is verified, and nothing is started for that', async () => {
  const { output, status } = await verify({})
  expect(output).toContain('web to shop > agrees with specs/shop.yaml')
  expect(output).toContain('1 cross-check     1 verified')
  expect(output).not.toContain('made of')
  expect(status).toBe(0)
})

test('a contract that expects what the spec does not say is red, at both places', async () => {
  const { output, status } = await verify({
    'contracts/web-shop.json': shopContract().replace('"name": "tea"', '"name": "green tea"'),
  })
  expect(output).toContain('must NOT have more than 5 characters (response.body.incompatible).')
  expect(output).toContain('expected  string, at most 5 characters (specs/shop.yaml:19:19)')
  expect(output).toMatch(/asked for contracts\/web-shop\.json:27:11/)
  expect(status).toBe(1)
})

test('what cannot be compared is said at the end of the run', async () => {
  const contract = shopContract({
    metadata: { pactSpecification: { version: '4.0' } },
    interactions: [
      {
        type: 'Synchronous/HTTP',
        description: 'a request',
        request: { method: 'GET', path: '/items/1' },
        response: { status: 200 },
      },
      { type: 'Asynchronous/Messages', description: 'placed' },
    ],
  })
  const { output } = await verify({ 'contracts/web-shop.json': contract })
  expect(output).toContain('agrees with specs/shop.yaml: not checked: "placed", a message.')
})

test('a spec that cannot be used blocks the comparison, and says where to look', async () => {
  const { output, status } = await verify({ 'specs/shop.yaml': 'openapi: 3.1.0\npaths: 1' })
  expect(output).toContain('specs/shop.yaml cannot be used, so nothing was compared.')
  expect(output).toContain('npx proofbook verify specs/shop.yaml lists what is wrong')
  expect(status).toBe(1)
})

test('without a spec there is no such case', async () => {
  const config = shop()['proofbook.config.ts'] ?? ''
  const { output, status } = await verify({
    'proofbook.config.ts': config.replace("spec: 'specs/shop.yaml',", ''),
  })
  expect(output).not.toContain('cross-check')
  expect(status).toBe(2)
})
