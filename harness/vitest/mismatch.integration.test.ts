import { expect, test } from 'vitest'
import { makeProject } from '../testing/project.ts'
import { shop } from '../testing/shop.ts'

/** The shop's server, with a line of its own run for each request. */
const serverThat = (line: string): string =>
  (shop()['server.js'] ?? '')
    .replace('createServer(', "import { existsSync, writeFileSync } from 'node:fs'\ncreateServer(")
    .replace("'tea'", 'name')
    .replace(
      "if (request.url === '/health')",
      `let name = 'tea'\n  ${line}\n  if (request.url === '/health')`,
    )
    .replace(
      ".listen(port, '127.0.0.1')",
      ".listen(port, '127.0.0.1', () => console.log('started'))",
    )

const verify = async (server: string) => {
  await using project = await makeProject(shop({ 'server.js': server }))
  return await project.proofbook(['verify', 'contracts/web-shop.json', '-t', 'item 1'])
}

test('a mismatch has its path, both values, its line, its consumer, the spec, and the log of its window', async () => {
  const { output, status } = await verify(
    serverThat(
      "if (request.url === '/items/1') { console.log('asked for item 1'); name = 'green tea' }",
    ),
  )
  expect(output).toContain(
    [
      `contract-body: $.name in the body: expected 'green tea' (String) to be equal to 'tea' (String).`,
      '  expected  "tea"',
      '  came      "green tea"',
      '  asked for contracts/web-shop.json:27:11  (/interactions/0/response/body/name) by web',
      '  the spec  string, at most 5 characters (specs/shop.yaml:19:19)',
      '  log       asked for item 1',
      '  shown by  curl',
    ].join('\n'),
  )
  expect(status).toBe(1)
})

test('what is not seen again is unsteady, with both runs and what differed', async () => {
  const { output, status } = await verify(
    serverThat(
      "if (request.url === '/items/1' && !existsSync('asked')) { writeFileSync('asked', ''); name = 'mate' }",
    ),
  )
  expect(output).toContain('unsteady: The first run was failed ($.name in the body:')
  expect(output).toContain('the second, on a fresh testbed, was verified.')
  expect(output).toContain(
    'What differed (first | second):\n  GET /items/1: $.name: "mate" | "tea"\n',
  )
  expect(output).toContain('shop  1 interaction     1 unsteady')
  expect(status).toBe(1)
})
