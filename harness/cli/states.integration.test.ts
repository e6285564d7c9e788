import { expect, test } from 'vitest'
import { makeProject } from '../testing/project.ts'
import { shop, shopContract } from '../testing/shop.ts'

const states = async (changes: Parameters<typeof shop>[0], options: readonly string[] = []) => {
  await using project = await makeProject(shop(changes))
  return await project.proofbook(['states', ...options])
}

test('lists who asks and who handles', async () => {
  const { output, status } = await states({})
  expect(output).toBe(
    [
      ' shop: states',
      '   "item 1 exists"  states.ts:1:18',
      '     contracts/web-shop.json:13:11  web: a request for item 1',
      '',
      ' 1 state, 0 messages, 0 without a handler, 0 warnings',
      '',
    ].join('\n'),
  )
  expect(status).toBe(0)
})

test('a state without a handler is red, a handler without a state a warning at its line', async () => {
  const { output, status } = await states({
    'states.ts': "const states = {\n  'item 2 exists': () => ({}),\n}\nexport default states\n",
  })
  expect(output).toContain('   "item 1 exists"  NO HANDLER; the nearest is "item 2 exists"\n')
  expect(output).toContain(
    ' warning: states.ts:2:3: no contract asks for the state "item 2 exists"\n',
  )
  expect(output).toContain(' 2 states, 0 messages, 1 without a handler, 1 warning\n')
  expect(status).toBe(1)
})

test('a handler that no contract asks for is not red', async () => {
  const { output, status } = await states({
    'states.ts': "export default { 'item 1 exists': () => ({}), other: () => ({}) }",
  })
  expect(output).toContain('warning: states.ts:1:47: no contract asks for the state "other"')
  expect(status).toBe(0)
})

test('a whole run says so too, and a run of one file does not', async () => {
  await using project = await makeProject(
    shop({ 'states.ts': "export default { 'item 1 exists': () => ({}), other: () => ({}) }" }),
  )
  const said = 'unused    states.ts:1:47: no contract asks for the state "other"'
  expect(await project.proofbook(['verify'])).toMatchObject({
    status: 0,
    output: expect.stringContaining(said) as unknown,
  })
  const { output } = await project.proofbook(['verify', 'contracts/web-shop.json'])
  expect(output).not.toContain(said)
})

test('messages are listed, too, and a contract that cannot be used is red', async () => {
  const { output, status } = await states({
    'contracts/mailer.json': shopContract({
      interactions: undefined,
      messages: [{ description: 'placed\n\u001B[31m' }],
    }),
    'contracts/other.json': shopContract({ provider: { name: 'shopp' } }),
  })
  expect(output).toContain(' shop: messages\n   "placed [31m"  NO HANDLER\n')
  expect(output).toContain('contracts/other.json:1: no integration has a provider called "shopp"')
  expect(status).toBe(1)
})

test('--json is one object', async () => {
  const { stdout, status } = await states({}, ['--json'])
  expect(JSON.parse(stdout)).toEqual({
    schemaVersion: 1,
    states: [
      {
        integration: 'shop',
        kind: 'state',
        name: 'item 1 exists',
        askedBy: [
          {
            consumer: 'web',
            interaction: 'a request for item 1',
            place: expect.objectContaining({ line: 13 }) as unknown,
          },
        ],
        handledBy: { file: 'states.ts', line: 1, column: 18 },
      },
    ],
    problems: [],
  })
  expect(status).toBe(0)
})

test('a module that cannot be loaded is one message', async () => {
  const { output, status } = await states({ 'states.ts': 'export default {' })
  expect(output).toMatch(/^states\.ts: the module cannot be loaded: /)
  expect(output).not.toContain('    at ')
  expect(status).toBe(1)
})
