import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, inject, test } from 'vitest'
import { linkOf } from '../broker/hal.ts'
import {
  brokeredShop,
  testBroker,
  type BrokeredShop,
} from '../broker/testing/project-with-broker.ts'
import { makeProject } from '../testing/project.ts'

/** The configuration takes its contracts from the broker. */
const fromBroker = async (shop: BrokeredShop, broker: string): Promise<void> => {
  const source = await readFile(join(shop.path, 'proofbook.config.ts'), 'utf8')
  await shop.write(
    'proofbook.config.ts',
    source
      .replace("contracts: 'contracts/*.json'", `contracts: { broker: ${broker} }`)
      .replace("spec: 'specs/shop.yaml',", ''),
  )
}

/** A shop whose one contract is in the broker, on the consumer's branch main, and nowhere else. */
const publishedShop = async (
  broker = '{ selectors: [{ mainBranch: true }] }',
): Promise<BrokeredShop> => {
  const shop = await brokeredShop(() => ({ 'specs/shop.yaml': null }))
  await shop.command(['publish'])
  await fromBroker(shop, broker)
  shop.git('rm', '--quiet', 'contracts/web-shop.json')
  shop.commitAll()
  return shop
}

const fetchedFiles = (shop: BrokeredShop): Promise<readonly string[]> =>
  readdir(join(shop.path, '.proofbook/contracts/shop'))

/** The provider says mint where the contract says tea. */
const breakProvider = async (shop: BrokeredShop): Promise<void> => {
  const source = await readFile(join(shop.path, 'server.js'), 'utf8')
  await shop.write('server.js', source.replace("'tea'", "'mint'"))
  shop.commitAll()
}

describe('contracts of a broker', () => {
  test('are fetched by selectors, replayed at lines of their own, and their results go back', async () => {
    await using shop = await publishedShop()
    const run = await shop.vitest(['run'], {
      PACT_BROKER_BASE_URL: inject('realBroker').url,
      PACT_BROKER_USERNAME: 'tester',
      PACT_BROKER_PASSWORD: inject('realBroker').password,
    })
    expect(run.output).toMatch(
      /fetched {3}\.proofbook\/contracts\/shop\/web-\w+-\w+\.json: web-\w+ \(.*main branch/,
    )
    expect(run.output).toContain('1 interaction     1 verified')
    expect(run.status).toBe(0)
    const [file = ''] = await fetchedFiles(shop)
    const text = await readFile(join(shop.path, '.proofbook/contracts/shop', file), 'utf8')
    expect(text.split('\n').length).toBeGreaterThan(20)

    const sent = await shop.command(['publish', '--results'])
    expect(sent.output).toContain(`published ${shop.consumer} and ${shop.provider}: verified`)
    expect(sent.status).toBe(0)
    const nothing = await shop.command(['publish'])
    expect(nothing.output).toContain('there is no contract that could be published')
  })

  test('a selector that chooses none is red, and so is a broker that is down', async () => {
    await using shop = await publishedShop("{ selectors: [{ branch: 'no-such-branch' }] }")
    const none = await shop.command(['verify'])
    expect(none.status).toBe(1)
    expect(none.output).toContain(
      `integrations.shop.contracts: the broker has no contract for "${shop.provider}" that the selectors choose`,
    )
    const source = await readFile(join(shop.path, 'proofbook.config.ts'), 'utf8')
    await shop.write(
      'proofbook.config.ts',
      source.replace('integrations: {', "broker: { within: '500ms' },\n integrations: {"),
    )
    const down = await shop.command(['verify'], { PACT_BROKER_BASE_URL: 'http://127.0.0.1:1' })
    expect(down.status).toBe(1)
    expect(down.output).toContain('The contracts of shop could not be fetched')
    expect(down.output).toContain('last: nobody listens there')
  })

  test('one that is pending may fail: it is said, its result is published, and the run is not red', async () => {
    await using shop = await publishedShop(
      '{ selectors: [{ mainBranch: true }], enablePending: true }',
    )
    await breakProvider(shop)
    const run = await shop.command(['verify'])
    expect(run.output).toMatch(/fetched .*, pending \(/)
    expect(run.output).toContain('1 failed, 1 of them pending, and so not red')
    expect(run.output).toMatch(/pending: contract-body/)
    expect(run.status).toBe(0)
    const sent = await shop.command(['publish', '--results'])
    expect(sent.output).toContain(`published ${shop.consumer} and ${shop.provider}: failed`)
  })

  test('one that was verified once is not pending, and its failure is red', async () => {
    await using shop = await publishedShop(
      '{ selectors: [{ mainBranch: true }], enablePending: true }',
    )
    expect((await shop.command(['verify'])).status).toBe(0)
    expect((await shop.command(['publish', '--results'])).status).toBe(0)
    await breakProvider(shop)
    const run = await shop.command(['verify'])
    expect(run.output).not.toContain('pending')
    expect(run.status).toBe(1)
  })

  test('work in progress is fetched beside what the selectors choose, with --since', async () => {
    await using shop = await publishedShop()
    expect((await shop.command(['verify'])).status).toBe(0)
    // Of work in progress is only what came after the provider's branch was known.
    expect((await shop.command(['publish', '--results'])).status).toBe(0)
    await shop.write('wip.json', shop.contract().replace('"tea"', '"mint"'))
    const wip = ['publish', 'wip.json', '--version', '2-wip', '--branch', 'feature']
    expect((await shop.command(wip)).status).toBe(0)
    const without = await shop.command(['verify'])
    expect(without.output).not.toContain('work in progress')
    const run = await shop.command(['verify', '--since', '2020-01-01'])
    expect(run.output).toMatch(/fetched .*, work in progress/)
    expect(run.output).toContain('1 verified, 1 failed, 1 of them pending, and so not red')
    expect(run.status).toBe(0)
    const bad = await shop.command(['verify', '--since', 'yesterday'])
    expect(bad.output).toContain('--since yesterday is no day\n  expected: YYYY-MM-DD')
  })

  test('pending needs a branch, and says so', async () => {
    await using shop = await publishedShop(
      '{ selectors: [{ mainBranch: true }], enablePending: true }',
    )
    shop.git('checkout', '--quiet', '--detach')
    const run = await shop.command(['verify'])
    expect(run.status).toBe(1)
    expect(run.output).toContain(
      "contracts.broker.enablePending needs to know the provider's branch",
    )
  })
})

describe('a webhook', () => {
  const pactUrl = async (shop: BrokeredShop, version: string): Promise<string> => {
    await using broker = testBroker()
    const index = await broker.index()
    const names = { pacticipant: shop.consumer, version }
    return linkOf(
      await broker.get(linkOf(index, 'pb:pacticipant-version', names)),
      'pb:pact-versions',
    )
  }

  test('names one contract, and only that is replayed', async () => {
    await using shop = await brokeredShop()
    await shop.command(['publish'])
    const run = await shop.command(['verify'], { PACT_URL: await pactUrl(shop, shop.commit) })
    expect(run.output).toMatch(/fetched {3}\.proofbook\/contracts\/webhook\/.* \(PACT_URL\)/)
    expect(run.output).toContain('1 interaction     1 verified')
    expect(run.output).not.toContain('operation')
    expect(run.status).toBe(0)
    const sent = await shop.command(['publish', '--results'])
    expect(sent.output).toContain(`published ${shop.consumer} and ${shop.provider}: verified`)
  })

  test.each([
    ['no-address', /PACT_URL is no address/],
    ['http://127.0.0.1:1/pacts/1', /leads to another place: http:\/\/127\.0\.0\.1:1\/pacts\/1/],
  ])('that names %s is refused', async (url, words) => {
    await using shop = await brokeredShop()
    const run = await shop.command(['verify'], { PACT_URL: url })
    expect(run.output).toMatch(words)
    expect(run.status).toBe(1)
  })
})

describe('whether it can be deployed', () => {
  test('is known when both sides are, and every unknown has its reason', async () => {
    await using broker = testBroker()
    const index = await broker.index()
    const environments = linkOf(index, 'pb:environments')
    await broker
      .send('POST', environments, { name: 'production', production: true })
      .catch(() => {})
    await using shop = await brokeredShop()
    const ask = (...more: readonly string[]) =>
      shop.command(['can-i-deploy', '--to-environment', 'production', ...more])
    const asConsumer = ['--pacticipant', shop.consumer]

    const unborn = await ask(...asConsumer)
    expect(unborn.status).toBe(1)
    expect(unborn.output).toContain(
      `never built: the broker knows no version ${shop.commit} of ${shop.consumer}`,
    )

    await shop.command(['publish'])
    const neverBuilt = await ask(...asConsumer)
    expect(neverBuilt.output).toContain(
      `unknown   ${shop.consumer} ${shop.commit} and ${shop.provider}: never built: the broker knows no version of ${shop.provider}`,
    )

    await shop.command(['verify', 'contracts/web-shop.json'])
    await shop.command(['publish', '--results'])
    expect((await ask(...asConsumer)).output).toContain(
      `not there: no version of ${shop.provider} is recorded as deployed or released in production`,
    )

    const typo = await shop.command(['record-deployment', '--environment', 'prodution'])
    expect(typo.output).toMatch(
      /the broker knows no environment "prodution"\n {2}expected: .*production.*\n {2}fix: --environment production/,
    )
    expect(typo.status).toBe(1)
    const unknown = await shop.command([
      'record-release',
      '--environment',
      'production',
      '--version',
      '77',
    ])
    expect(unknown.output).toContain(`the broker knows no version 77 of ${shop.provider}`)
    const recorded = await shop.command(['record-deployment', '--environment', 'production'])
    expect(recorded.output).toContain(
      `recorded  the deployment of ${shop.provider} ${shop.commit} to production`,
    )
    const yes = await ask(...asConsumer)
    expect(yes.output).toContain(`yes: ${shop.consumer} ${shop.commit} to production`)
    expect(yes.status).toBe(0)
    const released = await shop.command([
      'record-release',
      '--environment',
      'production',
      ...asConsumer,
    ])
    expect(released.status).toBe(0)

    await shop.write('contracts/web-shop.json', shop.contract().replace('"tea"', '"mint"'))
    shop.commitAll()
    await shop.command(['publish'])
    const unverified = await ask(...asConsumer)
    expect(unverified.output).toMatch(/unknown .*: never verified: /)
    const byProvider = await ask('--pacticipant', shop.provider, '--version', '77')
    expect(byProvider.output).toContain(`never built: the broker knows no version 77`)
    const nowhere = await shop.command([
      'can-i-deploy',
      '--to-environment',
      'nowhere',
      ...asConsumer,
    ])
    expect(nowhere.output).toContain('the broker knows no environment "nowhere"')
    expect(nowhere.status).toBe(1)
  })
})

test('a command that does not know which application is meant asks for it', async () => {
  await using project = await makeProject({})
  const { url } = inject('realBroker')
  const { output, status } = await project.proofbook(
    ['can-i-deploy', '--to-environment', 'production', '--version', '1'],
    { PACT_BROKER_BASE_URL: url },
  )
  expect(output).toContain('nobody says which application is meant\n  expected: --pacticipant NAME')
  expect(status).toBe(1)
})
