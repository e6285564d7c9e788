import { expect, test } from 'vitest'
import { makeProject } from '../testing/project.ts'
import { shop, shopGuide } from '../testing/shop.ts'

const page = (fence: string): string =>
  shopGuide(
    'ts',
    `${fence}
expect((await api.GET('/items/1')).response.status).toBe(200)`,
  )

/** What the lines of a run say of leftovers. */
const said = (output: string): readonly string[] =>
  output.split('\n').filter((line) => / left (?:open|process) /.test(line))

const idle = "['-e', 'setInterval(() => {}, 1000)']"

test('each case that leaves something behind is named once, with its place, and no other is', async () => {
  const files = shop({
    'states.ts': `import { createServer } from 'node:net'
export default { 'item 1 exists': () => new Promise((done) => createServer().listen(0, '127.0.0.1', () => done({}))) }
`,
    'guides/shop.md': page(
      `const { spawn } = await import('node:child_process')\nspawn(process.execPath, ${idle}, { stdio: 'ignore' })`,
    ),
  })
  await using project = await makeProject(files)
  const { output, status } = await project.proofbook(['verify'])
  expect(said(output).toSorted()).toEqual([
    expect.stringMatching(
      /^ Case "1\. The item is there" \(guides\/shop\.md:8(?::\d+)?\) left open in its worker: the child process \d+, which was ended: .* -e setInterval.*$/,
    ),
    expect.stringMatching(
      /^ Case "a request for item 1 given item 1 exists" \(contracts\/web-shop\.json:9(?::\d+)?\) left open in its worker: a server that listens on port \d+$/,
    ),
  ])
  expect(status).toBe(0)
})

test('a daemon of the provider is said with the run, though its testbed was the last', async () => {
  const files = shop({ 'specs/shop.yaml': null })
  await using project = await makeProject({
    ...files,
    'proofbook.config.ts': (files['proofbook.config.ts'] ?? '').replace(
      "spec: 'specs/shop.yaml',",
      '',
    ),
    'server.js': `import { spawn } from 'node:child_process'
spawn(process.execPath, ${idle}, { detached: true, stdio: 'ignore' }).unref()
${files['server.js']}`,
  })
  const { output, status } = await project.proofbook(['verify'])
  expect(said(output)).toEqual([
    expect.stringMatching(
      /^ Case "a request for item 1 given item 1 exists" \(contracts\/web-shop\.json:9(?::\d+)?\) left process \d+ behind outside of testbed shop-1: ".* -e setInterval.*"\. It was ended\.$/,
    ),
  ])
  expect(status).toBe(0)
})

test('cases that leave nothing are not named', async () => {
  await using project = await makeProject(shop({ 'guides/shop.md': page('') }))
  const { output, status } = await project.proofbook(['verify'])
  expect(output).toContain('1 step            1 verified')
  expect(said(output)).toEqual([])
  expect(status).toBe(0)
})
