import { cp, mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type CommandResult, makeProject, type Project } from '../testing/project.ts'
import { serve, type Served } from '../testing/serve.ts'
import { startNode } from '../testing/running-command.ts'
import { shop, shopContract } from '../testing/shop.ts'

const count = 200

const numbers = Array.from({ length: count }, (_, index) => index)

const contract = shopContract({
  interactions: numbers.map((number) => ({
    description: `a request for item ${number}`,
    providerStates: [{ name: 'it is known who asks' }],
    request: { method: 'GET', path: `/items/${number}` },
    response: { status: 200, body: { name: 'tea' } },
  })),
})

const states = `import { appendFileSync } from 'node:fs'
export default { 'it is known who asks': () => { appendFileSync('workers.txt', process.pid + '\\n') } }
`

const vitestConfig = (more: string): string => `import { defineConfig } from 'vitest/config'
import { proofbook } from 'proofbook/vitest'
export default defineConfig({ ${more} })
`

const provider = (): Promise<Served> =>
  serve((_, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end('{ "name": "tea" }'),
  )

const projectOf = (
  { url }: Served,
  changes: Readonly<Record<string, string>> = {},
): Promise<Project> =>
  makeProject(
    shop({
      'server.js': null,
      'specs/shop.yaml': null,
      'proofbook.config.ts': `import { defineConfig } from 'proofbook'
export default defineConfig({
  integrations: { shop: { provider: { start: { url: '${url}' }, states: { module: 'states.ts' } } } },
})
`,
      'states.ts': states,
      'contracts/web-shop.json': contract,
      ...changes,
    }),
  )

const all = numbers.map((number) => `GET /items/${number}`).toSorted()

const workers = async (project: Project): Promise<number> =>
  new Set((await readFile(join(project.path, 'workers.txt'), 'utf8')).trim().split('\n')).size

const summary = ({ output }: CommandResult): string => output.slice(output.indexOf('\n shop '))

test('the cases of one large contract are spread over the workers, each run once', async () => {
  await using served = await provider()
  await using project = await projectOf(served)
  const run = await project.vitest(['run', '--maxWorkers=2'])
  expect(run.status, run.output).toBe(0)
  expect(served.asked.toSorted()).toEqual(all)
  expect(summary(run)).toMatch(/200 interactions +200 verified/)
  expect(await workers(project)).toBe(2)

  const one = await project.vitest(['run', 'contracts/web-shop.json', '-t', 'item 17 given'])
  expect(one.status, one.output).toBe(0)
  expect(served.asked.slice(count)).toEqual(['GET /items/17'])

  const none = await project.vitest(['run', '-t', 'no such name'])
  expect(none.status, none.output).toBe(2)

  const cli = await project.proofbook(['verify'])
  expect(cli.status, cli.output).toBe(0)
  expect(cli.output).toContain('|2/2|')
  expect(served.asked.slice(count + 1).toSorted()).toEqual(all)
})

test('four shards run the union, each case once; a merge needs the evidence of all', async () => {
  await using served = await provider()
  await using project = await projectOf(served)
  for (const shard of [1, 2, 3, 4]) {
    const before = served.asked.length
    const args = [
      'run',
      `--shard=${shard}/4`,
      '--reporter=blob',
      `--outputFile=blobs/${shard}.json`,
    ]
    const run = await project.vitest(args)
    expect(run.status, run.output).toBe(0)
    const own = served.asked.length - before
    expect(own).toBeGreaterThan(count / 8)
    await cp(join(project.path, '.proofbook'), join(project.path, `kept/${shard}`), {
      recursive: true,
    })
    await rm(join(project.path, '.proofbook'), { recursive: true })
  }
  expect(served.asked.toSorted()).toEqual(all)

  const bring = async (shard: number): Promise<void> => {
    await mkdir(join(project.path, '.proofbook'), { recursive: true })
    await cp(join(project.path, `kept/${shard}`), join(project.path, '.proofbook'), {
      recursive: true,
    })
  }
  for (const shard of [1, 2, 4]) await bring(shard)
  const lacking = await project.vitest(['--merge-reports=blobs'])
  expect(lacking.status, lacking.output).toBe(1)
  expect(lacking.output).toMatch(/The evidence of \d+ cases of shard 3\/4 is missing\./)

  await bring(3)
  const whole = await project.vitest(['--merge-reports=blobs'])
  expect(whole.status, whole.output).toBe(0)
  expect(summary(whole)).toMatch(/200 interactions +200 verified/)

  await rm(join(project.path, 'blobs/2.json'))
  const three = await project.vitest(['--merge-reports=blobs'])
  expect(three.status, three.output).toBe(1)
  expect(three.output).toContain('Of 4 shards only 3 blobs are there.')
  expect(served.asked).toHaveLength(count)
})

test('a shard without cases passes: the merge judges the whole', async () => {
  await using served = await provider()
  await using project = await projectOf(served, { 'contracts/web-shop.json': shopContract() })
  const statuses: (number | null)[] = []
  for (const shard of [1, 2])
    statuses.push((await project.vitest(['run', `--shard=${shard}/2`])).status)
  // The one that has the case lacks its state.
  expect(new Set(statuses)).toEqual(new Set([0, 1]))
})

const ownTest = `import { appendFileSync } from 'node:fs'
import { test } from 'vitest'
test('mine', () => { appendFileSync('mine.txt', 'x') })
`

test.each([
  ['beside ours', `plugins: [proofbook()], test: { include: ['mine/*.test.js'] }`],
  [
    'in a project of its own',
    `test: { projects: [{ plugins: [proofbook()], test: { name: 'proved' } }, { test: { name: 'mine', include: ['mine/*.test.js'] } }] }`,
  ],
])("the user's own test %s runs once", async (_, vitest) => {
  await using served = await provider()
  await using project = await projectOf(served, {
    'vitest.config.ts': vitestConfig(vitest),
    'mine/a.test.js': ownTest,
  })
  const run = await project.vitest(['run'])
  expect(run.status, run.output).toBe(0)
  expect(await readFile(join(project.path, 'mine.txt'), 'utf8')).toBe('x')
  expect(served.asked.toSorted()).toEqual(all)
})

test('watch mode reruns the parts of a file that changed', async () => {
  await using served = await provider()
  await using project = await projectOf(served)
  await using command = startNode(project.path, ['node_modules/vitest/vitest.mjs', '--watch'])
  await command.wait(/200 interactions +200 verified/)
  await command.wait(/(?:Waiting|Watching) for file changes/)
  await project.write('contracts/web-shop.json', contract.replace('"tea"', '"milk"'))
  await command.wait(/200 interactions +199 verified, 1 failed/)
})
