import { expect, test } from 'vitest'
import { makeProject } from '../testing/project.ts'
import { shop, shopContract } from '../testing/shop.ts'

const contract = shopContract({
  interactions: undefined,
  messages: [{ description: 'item 1', contents: { id: 1 } }],
})

const config = shop()['proofbook.config.ts'] ?? ''

const withMessages = (messages: string, module: string | null = null) =>
  shop({
    'contracts/web-shop.json': contract,
    'messages.ts': module,
    'proofbook.config.ts': config.replace('states: {', `messages: ${messages}, states: {`),
  })

const verify = async (files: Readonly<Record<string, string>>) => {
  await using project = await makeProject(files)
  return await project.proofbook(['verify', 'contracts/web-shop.json'])
}

test('a message is what a producer of the module had the provider say', async () => {
  const producers = `import { defineMessages } from 'proofbook'
export default defineMessages({
  'item 1': async (parameters, testbed) => {
    const answer = await fetch(testbed.description.providerUrl + '/items/1')
    return { contents: await answer.json() }
  },
})
`
  const green = await verify(withMessages("{ module: 'messages.ts' }", producers))
  expect(green.output).toContain('1 interaction     1 verified')
  expect(green.status).toBe(0)

  const red = await verify(
    withMessages("{ module: 'messages.ts' }", producers.replace('answer.json()', '{}')),
  )
  expect(red.output).toContain('contract-body: $.id is missing from the message.')
  expect(red.status).toBe(1)
})

test('a message without a producer is red before anything starts', async () => {
  const { output, status } = await verify(
    withMessages("{ module: 'messages.ts' }", "export default { 'item 2': () => ({}) }"),
  )
  expect(output).toContain(
    'The message "item 1" has no producer. The nearest is "item 2".\n  fix       add to messages.ts:',
  )
  expect(output).not.toContain('made of')
  expect(status).toBe(1)
})

test('a provider may say its messages itself', async () => {
  const files = withMessages("{ path: '/_pact/messages' }")
  const server = (files['server.js'] ?? '').replace(
    "if (request.url === '/items/1' && ['GET', 'HEAD'].includes(request.method))",
    "if (request.url === '/_pact/messages')",
  )
  const { output, status } = await verify({ ...files, 'server.js': server })
  expect(output).toContain('1 interaction     1 verified')
  expect(status).toBe(0)
})
