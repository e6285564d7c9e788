import { describe, expect, test } from 'vitest'
import { UserError } from '../../model/user-error.ts'
import { adopted, fenced } from '../testing/pages.ts'
import { checkGuide } from './check-guide.ts'
import type { KnownFacts } from './known.ts'

const facts: KnownFacts = {
  integration: 'orders',
  settings: ['DATABASE_URL', 'PAYMENTS_URL', 'PAYMENTS_KEY'],
  dependencies: { database: 'postgres', payments: 'wiremock' },
  credentials: ['admin', 'writer'],
  keys: ['payments-key'],
  commands: ['kubectl set env'],
  operations: [
    { method: 'POST', path: '/orders', statuses: ['201', '422', '2XX'] },
    { method: 'GET', path: '/orders/{orderId}', statuses: ['200', '404'] },
    { method: 'DELETE', path: '/orders/{orderId}', statuses: ['204'] },
  ],
}

const files: Readonly<Record<string, string>> = {
  'guides/other.md': '# Other\n\n## Two words\n',
  'specs/orders.yaml': 'openapi: 3.1.0',
}

const check = async (text: string, known: readonly KnownFacts[] = [facts]) => {
  const { doubts } = await checkGuide('guides/orders.md', text, async () => known, {
    exists: async (path) => path === 'guides/orders.md' || path in files,
    read: async (path) => files[path] ?? '',
  })
  return doubts.map(
    ({ severity, parts }) => `${severity}: ${new UserError(parts).message.split('guides/')[1]}`,
  )
}

/** A page of words alone. */
const words = (text: string): string => adopted(text).replace('adopted: true', 'adopted: false')

const step = (...lines: readonly string[]): string =>
  adopted(`## Scenario 1: A\n\n**Verification**\n\n1. It holds\n\n${fenced('http', ...lines)}\n`)

const drill = (fault: string): string =>
  `${step('GET /orders/1', '', 'HTTP 200')}
**Troubleshooting**

#### It breaks
- **Symptoms**: step 1 answers \`404\`
- **Fault**: ${fault} · **Breaks**: step 1 · **Ends**: after \`1 s\` · **Recovers**: within \`1 s\`
`

describe('a page that is right', () => {
  test.each([
    [
      'says nothing that is known',
      words('Words, `some code` and `GET /` of them.\n').replace('`GET /`', 'more'),
    ],
    ['names what there is', step('POST /orders?x=1', '', 'HTTP 201')],
    [
      'names a path by its holes',
      words('`GET /orders/{id}` and `GET /orders/:id` and `DELETE /orders/7?x#y`\n'),
    ],
    ['names a class of statuses', step('POST /orders', '', 'HTTP 202')],
    ['puts faults on what there is', drill('stub `payments`, answers `503`')],
    ['rotates a key that a stub checks', drill('credential `payments-key`, rotated')],
    ['names a setting that the provider is given', words('Set `PAYMENTS_URL=http://x`.\n')],
    [
      'links to what there is',
      words(
        '[a](other.md#two-words) [b](../specs/orders.yaml) [c](https://example.com) [d](#here)\n\n## Here\n',
      ),
    ],
    ['asks by another method', step('OPTIONS /nothing', '', 'HTTP 200')],
  ])('%s', async (_, text) => {
    expect(await check(text)).toEqual([])
  })
})

describe('what is wrong without running anything', () => {
  test.each([
    [
      'a mistyped setting',
      words('Set `PAYMENT_KEY`.\n'),
      'orders.md:6:5: the provider is not given a setting PAYMENT_KEY\n  expected: one of DATABASE_URL, PAYMENTS_URL, PAYMENTS_KEY\n  fix: write PAYMENTS_KEY',
    ],
    [
      'an endpoint of another method',
      words('`PUT /orders/{id}`\n'),
      'orders.md:6:1: the spec has no PUT /orders/{id}\n  expected: /orders/{id} has GET, DELETE',
    ],
    [
      'an endpoint that is not there',
      words('`GET /order`\n'),
      'orders.md:6:1: the spec has no GET /order\n  expected: an operation of the spec\n  fix: write /orders',
    ],
    [
      'a request that nothing serves',
      step('POST /shipments', '', 'HTTP 201'),
      'orders.md:13:1: the spec has no POST /shipments\n  expected: an operation of the spec',
    ],
    [
      'a status that is not documented',
      step('GET /orders/1', '', 'HTTP 202'),
      'orders.md:15:1: the spec knows no 202 of GET /orders/{orderId}\n  expected: one of 200, 404\n  fix: correct the page, or document the status',
    ],
    [
      'a symptom that cannot be',
      drill('link `payments`, timeout').replace('`404`', '`504`'),
      'orders.md:21:17: the spec knows no 504 of GET /orders/{orderId}\n  expected: one of 200, 404\n  fix: correct the page, or document the status',
    ],
    [
      'a link that is none',
      drill('link `paymnts`, timeout'),
      'orders.md:22:14: the config has no dependency "paymnts"\n  expected: one of database, payments\n  fix: write payments',
    ],
    [
      'a stub that is a database',
      drill('stub `database`, reset'),
      'orders.md:22:14: the config has no stub "database"\n  expected: one of payments',
    ],
    [
      'a database that is a stub',
      drill('database `payments`, down'),
      'orders.md:22:14: the config has no database "payments"\n  expected: one of database',
    ],
    [
      'a key that no stub checks',
      drill('credential `admin`, rotated'),
      'orders.md:22:14: the config has no credential that a stub checks "admin"\n  expected: one of payments-key',
    ],
    [
      'a setting that is not there to be removed',
      drill('setting `PAYMENT_URL`, removed'),
      'orders.md:22:22: the provider is not given a setting PAYMENT_URL\n  expected: one of DATABASE_URL, PAYMENTS_URL, PAYMENTS_KEY\n  fix: write PAYMENTS_URL',
    ],
    [
      'a credential that nobody has',
      step('GET /orders/1', '', 'HTTP 200').replace(
        '**Verification**',
        '**Verification**, as `wrter`',
      ),
      'orders.md:8:22: the config has no credential "wrter"\n  expected: one of admin, writer, nobody\n  fix: write writer',
    ],
    [
      'a command without a stand-in',
      adopted(
        `## Scenario 1: A\n\n**Verification**\n\n1. It holds\n\n${fenced('sh', '$ kubectl get pods', '...')}`,
      ),
      "orders.md:13:1: nothing stands in for the command kubectl get pods\n  expected: an entry under commands in the config that begins it\n  fix: commands: { 'kubectl get': 'fixtures/commands/…' }",
    ],
    [
      'a status in a sentence that nothing answers',
      words('Above it the answer is `418`, of `418` things, or status `503`.\n'),
      'orders.md:6:24: the spec knows no 418 of any operation\n  expected: a status that the spec documents\n  fix: correct the page, or document the status',
    ],
    [
      'a link to no file',
      words('[a](othr.md)\n'),
      'orders.md:6:1: this link leads to no file: othr.md\n  expected: a file ',
    ],
    [
      'a link to no heading',
      words('[a](other.md#three-words)\n'),
      'orders.md:6:1: this link leads to no heading: other.md#three-words\n  expected: a heading of ',
    ],
    [
      'a link that leads out',
      words('[a](../../etc/passwd)\n'),
      'orders.md:6:1: this link leads out of the project: ../../etc/passwd\n  expected: a file of the project',
    ],
  ])('%s', async (_, text, message) => {
    expect(await check(text)).toEqual([`wrong: ${message}`])
  })
})

describe('[json-samples] a json sample', () => {
  const [post] = facts.operations ?? []
  const known = (onlyMissing: boolean): KnownFacts => ({
    ...facts,
    operations: [
      {
        method: 'POST',
        path: '/orders',
        statuses: post?.statuses ?? [],
        breaks: async (sample) =>
          JSON.stringify(sample) === '{"a":1}'
            ? undefined
            : { expected: 'a property "a"', actual: 'only b', onlyMissing },
      },
    ],
  })
  const page = (body: string, above = 'A body of `POST /orders`:'): string =>
    words(`${above}\n\n${fenced('json', body)}\n`)
  const message =
    'orders.md:8:1: this sample is no body of POST /orders: only b\n  expected: a property "a"\n  fix: correct the sample, or the spec'

  test.each([
    ['that is a body', page('{ "a": 1 }'), []],
    ['that is none', page('{ "b": 1 }'), [`wrong: ${message}`]],
    ['that is shortened with dots', page('{ "b": 1, ... }'), []],
    ['below other words', page('{ "b": 1 }', 'Something else:'), []],
    ['of an operation that is not there', page('{ "b": 1 }', '`some code`'), []],
  ])('%s', async (_, text, expected) => {
    expect(await check(text, [known(false)])).toEqual(expected)
  })

  test('that only lacks members is noted', async () => {
    expect(await check(page('{ "b": 1 }'), [known(true)])).toEqual([`note: ${message}`])
  })
})

test('of a page with several integrations each scenario is held to its own', async () => {
  const billing: KnownFacts = {
    ...facts,
    integration: 'billing',
    dependencies: { ledger: 'postgres' },
  }
  const text = drill('database `ledger`, down').replace(
    '**Verification**',
    '**Integration**: `billing`\n\n**Verification**',
  )
  expect(await check(text, [facts, billing])).toEqual([])
  expect(await check(text.replace('`billing`', '`orders`'), [facts, billing])).toHaveLength(1)
})

describe('what is only noted', () => {
  test('a setting that the provider is not given, once', async () => {
    expect(await check(words('`RATE_LIMIT` and `RATE_LIMIT`.\n'))).toEqual([
      'note: orders.md:6:1: the provider is not given a setting RATE_LIMIT, so its default is in force\n  fix: name it in the config where the page depends on it',
    ])
  })

  test('problems and commands of a page that is not adopted', async () => {
    const text = adopted(
      `## Scenario 1: A\n\n**Verfication**: x\n\n**Verification**\n\n1. It holds\n\n${fenced('sh', '$ kubectl get pods', '...')}`,
    ).replace('adopted: true', 'adopted: false')
    expect((await check(text)).map((one) => one.split('\n')[0])).toEqual([
      'note: orders.md:8:1: "Verfication" is no label',
      'note: orders.md:15:1: nothing stands in for the command kubectl get pods',
    ])
  })

  test('nothing of endpoints where one of the integrations has no spec', async () => {
    const { operations: _, ...without } = facts
    expect(await check(words('`GET /order`\n'), [facts, without])).toEqual([])
  })
})
