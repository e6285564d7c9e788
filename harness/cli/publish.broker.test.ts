import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { linkOf } from '../broker/hal.ts'
import { brokeredShop, testBroker } from '../broker/testing/project-with-broker.ts'

const nobody = { PACT_BROKER_BASE_URL: 'http://127.0.0.1:1' }

const config = (file: string, more: string): string =>
  file.replace('export default defineConfig({', `export default defineConfig({\n  ${more}`)

describe('publish', () => {
  test('publishes contracts under the commit and the branch of git, and says so; twice changes nothing', async () => {
    await using shop = await brokeredShop()
    const first = await shop.command(['publish'])
    expect(first.output).toContain(
      ` version   ${shop.commit}  (git HEAD)\n branch    main  (git HEAD)\n`,
    )
    expect(first.output).toContain(`published contracts of ${shop.consumer} with ${shop.provider}`)
    expect(first.status).toBe(0)
    const again = await shop.command(['publish'])
    expect(again).toMatchObject({ status: 0, output: first.output })

    await using broker = testBroker()
    const index = await broker.index()
    const versions = await broker.get(
      `${linkOf(index, 'pb:pacticipant', { pacticipant: shop.consumer })}/versions`,
    )
    expect(versions.text.match(/"number"/g)).toHaveLength(1)
  })

  test('what flags say wins, and is said', async () => {
    await using shop = await brokeredShop()
    const flags = [
      '--version',
      '1.2.3',
      '--branch',
      'feature/x',
      '--build-url',
      'https://ci.example.com/7',
    ]
    const { output, status } = await shop.command(['publish', 'contracts/web-shop.json', ...flags])
    expect(output).toContain(
      ' version   1.2.3  (--version)\n branch    feature/x  (--branch)\n build     https://ci.example.com/7  (--build-url)\n',
    )
    expect(status).toBe(0)
    await using broker = testBroker()
    const index = await broker.index()
    const version = await broker.get(
      linkOf(index, 'pb:pacticipant-version', { pacticipant: shop.consumer, version: '1.2.3' }),
    )
    expect(version.value).toMatchObject({
      buildUrl: 'https://ci.example.com/7',
      _embedded: { branchVersions: [{ name: 'feature/x' }] },
    })
  })

  test('other content under the same version is refused, with the reason; nothing waits', async () => {
    await using shop = await brokeredShop()
    await shop.command(['publish'])
    await shop.write('contracts/web-shop.json', shop.contract().replace('"tea"', '"mint"'))
    const { output, status } = await shop.command(['publish'])
    expect(status).toBe(1)
    expect(output).toContain('(git HEAD; the work tree has changes that it does not have)')
    expect(output).toContain(`NOT published contracts of ${shop.consumer}`)
    expect(output).toContain(
      `version ${shop.commit} of ${shop.consumer} is published already, with other content: `,
    )
    expect(output).toContain('Cannot change the content of the pact')
    expect(output).toContain('fix: commit the change and publish that')
    await expect(readdir(join(shop.path, '.proofbook/outbox'))).rejects.toThrow('ENOENT')
  })

  test('wrong credentials are one message, and what was not published waits', async () => {
    await using shop = await brokeredShop()
    const { output, status } = await shop.command(['publish'], {
      PACT_BROKER_PASSWORD: 'wrong-password',
    })
    expect(status).toBe(1)
    expect(output).toMatch(/answers 401 to GET .*\n.*fix: set PACT_BROKER_TOKEN/)
    expect(output).not.toContain('wrong-password')
    expect(output).toContain('kept in .proofbook/outbox/contracts-')
  })

  test('needs no configuration where files are named, and says where the broker is missing', async () => {
    await using shop = await brokeredShop(() => ({ 'proofbook.config.ts': null }))
    const { status } = await shop.command(['publish', 'contracts/web-shop.json'])
    expect(status).toBe(0)
    const lost = await shop.command(['publish', 'contracts/web-shop.json'], {
      PACT_BROKER_BASE_URL: '',
    })
    expect(lost).toMatchObject({ status: 1 })
    expect(lost.output).toContain('nobody says where the Pact Broker is')
    const none = await shop.command(['publish'])
    expect(none.output).toContain('there is no contract that could be published')
  })
})

describe('results', () => {
  test('are posted once for the whole contract, with version, branch, link and each interaction', async () => {
    await using shop = await brokeredShop()
    await shop.command(['publish'])
    const run = await shop.command(['verify', 'contracts/web-shop.json'])
    expect(run.status).toBe(0)
    const flags = ['--build-url', 'https://ci.example.com/report']
    const first = await shop.command(['publish', '--results', ...flags])
    expect(first.output).toContain(`published ${shop.consumer} and ${shop.provider}: verified`)
    const again = await shop.command(['publish', '--results', ...flags])
    expect(again.output).toContain(`unchanged ${shop.consumer} and ${shop.provider}: verified`)
    expect([first.status, again.status]).toEqual([0, 0])

    await using broker = testBroker()
    const index = await broker.index()
    const names = { pacticipant: shop.consumer, version: shop.commit }
    const consumer = await broker.get(linkOf(index, 'pb:pacticipant-version', names))
    const pact = await broker.get(linkOf(consumer, 'pb:pact-versions'))
    const result = await broker.get(linkOf(pact, 'pb:latest-verification-results'))
    expect(result.value).toMatchObject({
      success: true,
      providerApplicationVersion: shop.commit,
      buildUrl: 'https://ci.example.com/report',
      verifiedBy: { implementation: 'Proofbook' },
      testResults: {
        tests: [
          { interactionDescription: 'a request for item 1', success: true, verdict: 'verified' },
        ],
      },
    })
    const provider = await broker.get(
      linkOf(index, 'pb:pacticipant-version', { ...names, pacticipant: shop.provider }),
    )
    expect(provider.value).toMatchObject({ _embedded: { branchVersions: [{ name: 'main' }] } })
  })

  test('a failure is a result, too', async () => {
    await using shop = await brokeredShop()
    await shop.command(['publish'])
    const run = await shop.command(['verify', 'contracts/web-shop.json'], { NAME: 'mint' })
    expect(run.status).toBe(0)
    await shop.write(
      'server.js',
      (await readFile(join(shop.path, 'server.js'), 'utf8')).replace("'tea'", "'mint'"),
    )
    shop.commitAll()
    const red = await shop.command(['verify', 'contracts/web-shop.json'])
    expect(red.status).toBe(1)
    const version = ['--version', shop.commit]
    const { output, status } = await shop.command(['publish', '--results', ...version])
    expect(output).toContain(`published ${shop.consumer} and ${shop.provider}: failed`)
    expect(status).toBe(0)
  })

  const two = (contract: (parts: Readonly<Record<string, unknown>>) => string): string =>
    contract({
      interactions: ['a request for item 1', 'a request for the item'].map((description) => ({
        description,
        providerStates: [{ name: 'item 1 exists' }],
        request: { method: 'GET', path: '/items/1' },
        response: { status: 200, body: { id: 1, name: 'tea' } },
      })),
    })

  test('of a part of a contract are not published, and neither are those of another version', async () => {
    await using shop = await brokeredShop()
    await shop.write('contracts/web-shop.json', two(shop.contract))
    const commit = shop.commitAll()
    await shop.command(['publish'])
    await shop.command(['verify', 'contracts/web-shop.json', '-t', 'for the item'])
    const part = await shop.command(['publish', '--results'])
    expect(part.status).toBe(1)
    expect(part.output).toContain('NOT published')
    expect(part.output).toContain('1 of 2 interactions did not run')

    await shop.command(['verify', 'contracts/web-shop.json'])
    await shop.write('server.js', `${await readFile(join(shop.path, 'server.js'), 'utf8')}\n`)
    const later = shop.commitAll()
    const moved = await shop.command(['publish', '--results'])
    expect(moved.status).toBe(1)
    expect(moved.output).toContain(
      `the last run was of ${commit}, and the work tree is at ${later} now`,
    )

    await shop.write('contracts/web-shop.json', two(shop.contract).replace('tea', 'mint'))
    const changed = await shop.command(['publish', '--results', '--version', commit])
    expect(changed.output).toContain('the contract is not the one that was replayed')
    expect(changed.status).toBe(1)
  })

  test('of a contract that the broker does not have are not published', async () => {
    await using shop = await brokeredShop()
    await shop.command(['verify', 'contracts/web-shop.json'])
    const { output, status } = await shop.command(['publish', '--results'])
    expect(status).toBe(1)
    expect(output).toContain(`the broker has no such contract under version ${shop.commit}`)
    expect(output).toContain('npx proofbook publish contracts/web-shop.json')
  })

  test('of shards are published after the merge, as one', async () => {
    await using shop = await brokeredShop(() => ({ 'specs/shop.yaml': null }))
    const source = await readFile(join(shop.path, 'proofbook.config.ts'), 'utf8')
    await shop.write('proofbook.config.ts', source.replace("spec: 'specs/shop.yaml',", ''))
    const many = Array.from({ length: 44 }, (_, index) => ({
      description: `request ${index}`,
      request: { method: 'GET', path: '/items/1' },
      response: { status: 200, body: { id: 1, name: 'tea' } },
    }))
    await shop.write('contracts/web-shop.json', shop.contract({ interactions: many }))
    shop.commitAll()
    await shop.command(['publish'])
    for (const shard of ['1', '2']) {
      const blob = ['--reporter=blob', `--outputFile=blobs/${shard}.json`]
      const { status } = await shop.vitest(['run', `--shard=${shard}/2`, ...blob])
      expect(status).toBe(0)
      const early = await shop.command(['publish', '--results'])
      expect(early.output).toContain(`these are the results of shard ${shard}/2 alone`)
      expect(early.output).toContain('npx vitest run --merge-reports=blobs')
      expect(early.status).toBe(1)
    }
    const merge = await shop.vitest(['run', '--merge-reports=blobs'])
    expect(merge.output).toContain('44 verified')
    const { output, status } = await shop.command(['publish', '--results'])
    expect(output).toContain(`published ${shop.consumer} and ${shop.provider}: verified`)
    expect(status).toBe(0)
  })
})

describe('a broker that is down', () => {
  test('fails the publishing, not the verdicts; what waits is sent later, and then is gone', async () => {
    await using shop = await brokeredShop()
    const source = await readFile(join(shop.path, 'proofbook.config.ts'), 'utf8')
    await shop.write('proofbook.config.ts', config(source, "broker: { within: '500ms' },"))
    const lost = await shop.command(['publish'], nobody)
    expect(lost.status).toBe(1)
    expect(lost.output).toMatch(/within 0\.5 s; last: nobody listens there/)
    expect(lost.output).toMatch(
      /kept in \.proofbook\/outbox\/contracts-\w+\.json; later: npx proofbook publish --outbox/,
    )
    await shop.command(['publish'], nobody)
    expect(await readdir(join(shop.path, '.proofbook/outbox'))).toHaveLength(1)

    const run = await shop.command(['verify', 'contracts/web-shop.json'], nobody)
    expect(run.status).toBe(0)

    await shop.write('proofbook.config.ts', source)
    const sent = await shop.command(['publish', '--outbox'])
    expect(sent.output).toContain(` published contracts of ${shop.consumer}`)
    expect(await readdir(join(shop.path, '.proofbook/outbox'))).toEqual([])
    const empty = await shop.command(['publish', '--outbox'])
    expect(empty).toMatchObject({ status: 0 })
    expect(empty.output).toContain('nothing waits in .proofbook/outbox')
  })
})

describe('shadow', () => {
  test('publishes nothing, and lists where the two disagree', async () => {
    await using shop = await brokeredShop()
    await shop.command(['publish'])
    await shop.command(['verify', 'contracts/web-shop.json'])
    const none = await shop.command(['publish', '--shadow'])
    expect(none.output).toContain(
      `no result  ${shop.consumer} and ${shop.provider}: ours verified; the broker has none`,
    )

    await using broker = testBroker()
    const index = await broker.index()
    const names = { pacticipant: shop.consumer, version: shop.commit }
    const consumer = await broker.get(linkOf(index, 'pb:pacticipant-version', names))
    const pact = await broker.get(linkOf(consumer, 'pb:pact-versions'))
    await broker.send('POST', linkOf(pact, 'pb:publish-verification-results'), {
      success: false,
      providerApplicationVersion: '9',
      verifiedBy: { implementation: 'Another', version: '1' },
    })
    const other = await shop.command(['publish', '--results', '--shadow'])
    expect(other.output).toContain(
      `DISAGREE   ${shop.consumer} and ${shop.provider}: ours verified, the broker's failed (version 9, by Another)`,
    )
    expect(other.output).toContain('1 compared, 1 disagree; nothing was published')
    const latest = await broker.get(linkOf(pact, 'pb:latest-verification-results'))
    expect(latest.value).toMatchObject({ providerApplicationVersion: '9' })
  })
})

test('modes are not mixed', async () => {
  await using shop = await brokeredShop()
  const { output, status } = await shop.command([
    'publish',
    'contracts/web-shop.json',
    '--results',
    '--outbox',
  ])
  expect(status).toBe(1)
  expect(output).toContain(
    '--results and --outbox and contracts/web-shop.json cannot be used together',
  )
})
