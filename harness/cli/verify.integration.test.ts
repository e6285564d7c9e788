import { describe, expect, test } from 'vitest'
import { makeProject } from '../testing/project.ts'
import { shop, shopContract } from '../testing/shop.ts'

describe('proofbook verify', () => {
  test('is green for a provider that keeps what is said of it, and says what was proved', async () => {
    await using project = await makeProject(shop())
    const { status, output } = await project.proofbook(['verify'])
    expect(output).toContain(
      'contracts/web-shop.json:9 > web to shop > a request for item 1 given item 1 exists',
    )
    expect(output).toContain('shop  1 interaction     1 verified')
    expect(output).toContain('      1 operation       4 cases: 4 verified')
    expect(status).toBe(0)
  })

  test('is red at the line of the contract and of the spec for one that does not', async () => {
    const config = shop()['proofbook.config.ts']?.replace(
      "ready: { http: '/health' },",
      "ready: { http: '/health' }, environment: { NAME: 'coffee' },",
    )
    await using project = await makeProject(shop({ 'proofbook.config.ts': config ?? '' }))
    const { status, output } = await project.proofbook(['verify', '--seed', '7'])
    expect(status).toBe(1)
    expect(output).toMatch(/contract-body: .*\$\.name/)
    expect(output).toContain('came      "coffee"')
    expect(output).toMatch(/asked for contracts\/web-shop\.json:27:\d+/)
    expect(output).toMatch(/asked for specs\/shop\.yaml:19:\d+/)
    expect(output).toMatch(/again {5}npx proofbook verify --case [0-9a-f]{10} --seed 7/)
    expect(output).toMatch(/shown by {2}curl -i .*'http:\/\/127\.0\.0\.1:\d+\/items\/1'/)
    expect(output).not.toContain('token-of-the-admin')
  })

  test('repeats just one case by its id', async () => {
    await using project = await makeProject(shop({ 'states.ts': 'export default {}' }))
    const first = await project.proofbook(['verify', '--json', 'contracts/web-shop.json'])
    const { unresolved } = JSON.parse(first.stdout) as { unresolved: { case: string }[] }
    const { output, status } = await project.proofbook([
      'verify',
      '--case',
      unresolved[0]?.case ?? '',
    ])
    expect(output).toContain('1 interaction     1 failed')
    expect(output).not.toContain('operation')
    expect(status).toBe(1)
  })
})

describe('red when it must be', () => {
  test.each([
    {
      what: 'an empty contract folder',
      files: { 'contracts/web-shop.json': null },
      says: 'integrations.shop.contracts names "contracts/*.json", and there is no such contract',
    },
    {
      what: 'a contract without an interaction',
      files: { 'contracts/web-shop.json': shopContract({ interactions: [] }) },
      says: 'has no interaction',
    },
    {
      what: 'a contract of an unknown provider',
      files: { 'contracts/web-shop.json': shopContract({ provider: { name: 'shpo' } }) },
      says: 'no integration has a provider called "shpo"',
    },
    {
      what: 'a contract that is cut off',
      files: { 'contracts/web-shop.json': '{ "consumer": { "name": "web" },' },
      says: 'contracts/web-shop.json:1',
    },
    {
      what: 'a provider state without a handler',
      files: { 'states.ts': "export default { 'item 1 exist': () => ({}) }" },
      says: 'The provider state "item 1 exists" has no handler. The nearest is "item 1 exist".',
    },
    {
      what: 'a handler that throws',
      files: {
        'states.ts': "export default { 'item 1 exists': () => { throw new Error('no shelf') } }",
      },
      says: 'no shelf',
    },
    {
      what: 'a config with a typo',
      files: {
        'proofbook.config.ts': `export default { integrations: { shop: { provider: { start: { command: ['x'] }, enviroment: {} } } } }`,
      },
      says: 'proofbook.config.ts:1:81: unknown key "enviroment" in integrations.shop.provider',
    },
    {
      what: 'no config',
      files: { 'proofbook.config.ts': null },
      says: 'there is no proofbook.config.ts',
    },
    {
      what: 'a module of state handlers that throws',
      files: { 'states.ts': "\nthrow new Error('no database')" },
      says: 'states.ts:2: the module of state handlers cannot be loaded: Error: no database',
    },
    {
      what: 'a module of state handlers that is not there',
      files: { 'states.ts': null },
      says: 'states.ts: the module of state handlers cannot be loaded',
    },
    {
      what: 'something in the folder of contracts that is no contract',
      files: { 'contracts/lost.json': '{}' },
      says: 'contracts/lost.json: integrations.shop.contracts names this file, and it is no contract',
    },
    {
      what: 'a document that is none',
      files: { 'specs/shop.yaml': 'openapi: 3.1.0\ninfo: {}\npaths: {}\n' },
      says: 'specs/shop.yaml:',
    },
    {
      what: 'an operation that never reached a documented success',
      files: {
        'specs/shop.yaml': (shop()['specs/shop.yaml'] ?? '').replace('example: 1', 'example: 2'),
        'contracts/web-shop.json': shopContract(),
      },
      says: 'inconclusive: ',
    },
    {
      what: 'a provider that dies before it is ready',
      files: { 'server.js': "console.log('the shelf is broken'); process.exit(3)" },
      says: 'the shelf is broken',
    },
  ])('$what', async ({ files, says }) => {
    await using project = await makeProject(shop(files))
    const { status, output } = await project.proofbook(['verify'])
    expect(output).toContain(says)
    expect(output).not.toMatch(/^\s+at .*(dist|harness)\//m)
    expect(status).toBe(1)
  })

  test.each([
    [
      ['contracts/web-shop.json', 'contracts/nope.json'],
      'contracts/nope.json: there is no such file',
    ],
    [
      ['contracts/web-shop.json', 'package.json'],
      'package.json: the configuration does not name this file',
    ],
    [['contracts/web-shp.json'], 'fix: name contracts/web-shop.json'],
    [['-t', '('], '-t ( is no regular expression'],
    [['--case', 'abc'], 'no case has the id abc'],
  ])('verify %j names what nothing would be replayed for', async (args, says) => {
    await using project = await makeProject(shop())
    const { status, output } = await project.proofbook(['verify', ...args])
    expect(output).toContain(says)
    expect(output).not.toMatch(/^\s+at /m)
    expect(status).toBe(1)
  })

  test('a mistake in the config is as short under plain vitest', async () => {
    await using project = await makeProject(
      shop({ 'proofbook.config.ts': 'export default { runtim: 1 }' }),
    )
    const { status, output } = await project.vitest(['run'])
    expect(output).toContain('proofbook.config.ts:1:18: unknown key "runtim"')
    expect(output).not.toMatch(/UserError|parts:|\[Object\]/)
    expect(status).toBe(1)
  })

  test('-t that matches nothing is exit status 2, with the pattern in words', async () => {
    await using project = await makeProject(shop())
    const { status, output } = await project.vitest(['run', '-t', 'no such case'])
    expect(output).toContain('-t "no such case" selected nothing')
    expect(status).toBe(2)
  })

  test('the same problems are red under plain vitest', async () => {
    await using project = await makeProject(shop({ 'contracts/web-shop.json': null }))
    const { status, output } = await project.vitest(['run'])
    expect(output).toContain('there is no such contract')
    expect(status).toBe(1)
  })
})
