import { expect, test } from 'vitest'
import { makeProject, type Project } from '../testing/project.ts'

/** A consumer test that writes a contract as Pact does, with what `body` and `folder` come to. */
const consumerTest = (body: string, folder = 'contractsFolder()'): string => `
import { writeFileSync } from 'node:fs'
import { contractsFolder } from 'proofbook'
import { test } from 'vitest'
test('asks for an order', () => {
  const interaction = { description: 'an order', request: { method: 'GET', path: '/orders/1' }, response: { status: 200, body: ${body} } }
  const contract = { consumer: { name: 'web' }, provider: { name: 'orders' }, interactions: [interaction] }
  writeFileSync(${folder} + '/web-orders.json', JSON.stringify(contract))
})
`
const file = 'contracts/consumers/web.test.ts'

const projectWith = (text: string, more: Readonly<Record<string, string>> = {}): Promise<Project> =>
  makeProject({ [file]: text, ...more })

test('what the tests write is kept, is current then, and stale after they changed', async () => {
  await using project = await projectWith(consumerTest('{ total: 5 }'), {
    'contracts/old-orders.json': '{"consumer":{"name":"old"},"provider":{"name":"orders"}}',
  })
  const checked = await project.proofbook(['contracts', '--check'])
  expect(checked).toMatchObject({ status: 1 })
  expect(checked.stdout).toContain(' missing     contracts/web-orders.json')

  const written = await project.proofbook(['contracts'])
  expect(written).toMatchObject({ status: 0 })
  expect(written.stdout).toContain(' written     contracts/web-orders.json')
  expect(written.stdout).toContain(
    ' not written contracts/old-orders.json: no consumer test here writes it; it comes from elsewhere, or it is stale',
  )
  const current = await project.proofbook(['contracts', '--check'])
  expect(current).toMatchObject({ status: 0 })
  expect(current.stdout).toContain(' unchanged   contracts/web-orders.json')

  await project.write(file, consumerTest('{ total: 6 }'))
  const stale = await project.proofbook(['contracts', '--check'])
  expect(stale).toMatchObject({ status: 1 })
  expect(stale.stdout).toContain('"an order" $.response.body.total: 5 → 6')
  expect(stale.stderr).toContain('fix: npx proofbook contracts, and commit what it writes')
})

test('a field that differs between two runs is named, and nothing is written', async () => {
  await using project = await projectWith(consumerTest('{ at: performance.timeOrigin }'))
  const { status, stderr } = await project.proofbook(['contracts'])
  expect(status).toBe(1)
  expect(stderr).toContain('contracts/web-orders.json: two runs of the consumer tests wrote')
  expect(stderr).toMatch(/"an order" \$\.response\.body\.at: [\d.]+ and [\d.]+/)
  expect(stderr).toContain('fix: give the example a fixed value')
  expect((await project.proofbook(['contracts', '--check'])).stdout).not.toContain('unchanged')
})

test.each([
  {
    name: 'there are no tests',
    text: undefined,
    message: 'there are no consumer tests',
  },
  {
    name: 'they write somewhere else',
    text: consumerTest('{}', "'.'"),
    message: 'the consumer tests wrote no contract to the folder that they were given',
  },
  {
    name: 'they fail',
    text: "import { test } from 'vitest'\ntest('a', () => { throw new Error('no order') })",
    message: 'consumer tests failed, so no contract was written',
  },
  {
    name: 'they fail the second time only',
    text: `${consumerTest('{}')}
import { existsSync } from 'node:fs'
test('once', () => {
  if (existsSync('seen')) throw new Error('seen before')
  writeFileSync('seen', '')
})`,
    message: 'consumer tests failed, so no contract was written\n    once: seen before',
  },
])('says that $name', async ({ text, message }) => {
  await using project = await (text === undefined ? makeProject({}) : projectWith(text))
  const { status, stderr, output } = await project.proofbook(['contracts'])
  expect(status).toBe(1)
  expect(stderr).toContain(message)
  expect(output).not.toMatch(/^\s+at .*dist/m)
})
