import { describe, expect, test } from 'vitest'
import { fenced } from '../testing/pages.ts'
import { compared, factCases, knownOrders, saying, words } from '../testing/broken-pages.ts'

const differing = async (text: string) =>
  (await compared(words(text))).comparisons
    .filter(({ came }) => came === 'differs')
    .map(({ code, problem, others }) => `${code}: ${problem}; ${others}`)

const env = '[settings](../settings.env)'
const table = (head: string, ...rows: readonly string[]): string =>
  [head, head.replaceAll(/[^|]+/g, '---'), ...rows].join('\n')

describe('what is said wrongly', () => {
  test.each([
    ['a default in brackets', `${env} \`RATE_LIMIT\` (default \`600\`)`, /page-default.*600; 6000/],
    ['"defaults to"', `${env} \`RATE_LIMIT\` defaults to 600.`, /page-default/],
    ['"by default"', `${env} \`RATE_LIMIT\` is 600 by default.`, /page-default/],
    ['"by default is"', `${env} \`RATE_LIMIT\` by default is \`600\`.`, /page-default/],
    ['"if not set"', `${env} \`RATE_LIMIT\`: 600 if it is not set.`, /page-default/],
    ['"when unset, it is"', `${env} \`RATE_LIMIT\`: when unset, it is 600.`, /page-default/],
    [
      'a table of settings',
      `${env}\n\n${table('| Variable | Default |', '| `RATE_LIMIT` | 600 |')}`,
      /page-default/,
    ],
    ['a file of defaults', '[d](../defaults.yaml) `RATE_LIMIT` defaults to 600.', /page-default/],
    [
      'another page',
      '[s](settings.md) `RATE_LIMIT` defaults to 600.',
      /page-default.*settings\.md:3/,
    ],
    [
      'another unit',
      '[d](../defaults.yaml) `PAYMENTS_TIMEOUT_MS` defaults to 2 s.',
      /page-default/,
    ],
    [
      'two places of one page',
      '`BATCH` defaults to 5.\n\nMore: `BATCH` (default 6).',
      /page-default.*line 7 of the same page/,
    ],
    ['the default of a parameter', '`limit` (default 10)', /page-default.*10; 20/],
    ['a limit behind a default', '`limit` is 20 by default and at most 50.', /page-limit.*50; 100/],
    ['characters', '`sku` has up to 50 characters.', /page-limit.*50; 40/],
    ['items', '`tags` takes at most 6 items.', /page-limit.*6; 5/],
    ['a range', '`limit`: from 0 to 100', /page-limit: the minimum.*0; 1/],
    ['a table of limits', table('| Parameter | Maximum |', '| `limit` | 1,000 |'), /page-limit/],
    [
      'a limit of one operation',
      '`page` of `POST /orders` is at most 500.\n\n`POST /orders`: `page` is at most 500.',
      /page-limit.*500; 9/,
    ],
    ['a table of endpoints', table('| Method | Path |', '| DELETE | /orders |'), /page-endpoint/],
    [
      'an endpoint with its method in the cell',
      table('| Endpoint | What |', '| POST /order | takes one |'),
      /page-endpoint/,
    ],
    [
      'a status in a table',
      table('| Endpoint | Status |', '| `POST /orders` | 200 |'),
      /page-status/,
    ],
    ['a second status', '`POST /orders` answers `201` or `409`.', /page-status.*409/],
    ['a port', table('| Service | Port |', '| queue | 5673 |'), /page-address/],
    ['a yaml sample', `\`POST /orders\` takes:\n\n${fenced('yml', 'a: 1')}`, /page-sample/],
  ])('%s', async (_, text, message) => {
    const found = await differing(text)
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(message)
  })
})

describe('what is no contradiction', () => {
  test.each([
    ['a value that an example sets', `${env} \`LOG_LEVEL\` defaults to \`info\`.`],
    ['a setting that no file speaks of', `${env} \`BATCH_SIZE\` defaults to 7.`],
    ['a default of one environment', `${env} In production \`RATE_LIMIT\` is 600 by default.`],
    ['what was', `${env} \`RATE_LIMIT\` was 600 by default.`],
    ['what is not', `${env} \`RATE_LIMIT\` does not default to 600.`],
    ['a recommendation', `${env} \`RATE_LIMIT\`, default 6000; for batches we recommend 600.`],
    [
      'a default of something else',
      `${env} \`RATE_LIMIT\` bounds a caller, whose retries are 3 by default.`,
    ],
    ['a number without a subject', `${env} 600 unless set.`],
    ['the same in another unit', '[d](../defaults.yaml) `PAYMENTS_TIMEOUT_MS` defaults to 1 s.'],
    ['the same in groups of three', `${env} \`RATE_LIMIT\` defaults to 6,000.`],
    ['no value', table('| Setting | Default |', '| `RATE_LIMIT` | required |') + `\n\n${env}`],
    ['a rate', '`limit` at most 5 times a day'],
    ['a limit of something else', '`limit` is ignored where an order has at most 7 lines.'],
    ['a number of a text', '`sku` is at most 7'],
    ['a member that means two things', '`page` is at most 77.'],
    ['a status that is denied', '`POST /orders` never answers `404`.'],
    ['a failure', '`POST /orders` answers `503` then.'],
    ['a status of one of two operations', '`GET /orders` or `POST /orders` answer `201`.'],
    ['an endpoint of another system', 'It asks `POST /charges` of payments.'],
    ['its own health', '`GET /ready` says so.'],
    ['a port that the config does not know', table('| Service | Port |', '| orders | 80 |')],
    ['an environment of short parts', '`KEY_A`, `DATABASE_URI`'],
    ['a table of other things', table('| Name | Age |', '| Ann | 7 |')],
    ['a sample that is shortened', `\`POST /orders\` takes:\n\n${fenced('yaml', 'a: 1', '...')}`],
    ['words as YAML', `\`POST /orders\` takes:\n\n${fenced('yaml', 'just words')}`],
    ['a file that is a folder, or gone', '[x](../settings.env)'],
  ])('%s', async (_, text) => {
    expect(await differing(text)).toEqual([])
  })
})

describe('a value of a table of settings, beside what the config gives', () => {
  const facts = {
    ...knownOrders,
    settings: ['RATE_LIMIT', 'WAIT_MS', 'API_KEY'],
    given: { RATE_LIMIT: '100', WAIT_MS: '2000', API_KEY: 's3cret' },
  }
  const noted = async (text: string) =>
    (await compared(words(text), [facts])).comparisons.filter(({ code, came }) => {
      expect(came).not.toBe('differs')
      return code === 'page-setting' && came === 'noted'
    })
  const rows = table(
    '| Setting | Value |',
    '| `RATE_LIMIT` | 600 |',
    '| WAIT_MS | 2 s |',
    '| `API_KEY` | `other` |',
    '| `PAYMENTS_URL` | `http://payments` |',
  )

  test('is noted where it is another, and the one of the config is not told', async () => {
    const found = await noted(rows)
    expect(found.map(({ problem, place }) => `${place.line}: ${problem}`)).toEqual([
      '12: the provider is not given a setting PAYMENTS_URL, so its default is in force',
      '9: the config gives RATE_LIMIT another value than 600',
      '11: the config gives API_KEY another value than other',
    ])
    expect(JSON.stringify(found)).not.toContain('s3cret')
  })

  test.each([
    ['of one environment', `In production:\n\n${rows}`],
    ['that is recommended', `We recommend these for batches.\n\n${rows}`],
    ['that is none', table('| Setting | Value |', '| `RATE_LIMIT` | required |')],
    ['in a column for an environment', rows.replace('Value', 'Production')],
  ])('%s is not', async (_, text) => {
    const problems = (await noted(text)).map(({ problem }) => problem)
    expect(problems.filter((one) => one.includes('another value'))).toEqual([])
  })
})

describe('an endpoint of a system behind the provider', () => {
  const upstream = (method: string, path: string, statuses = ['201']) => ({
    method,
    path,
    statuses,
    upstream: true as const,
  })
  const facts = {
    ...knownOrders,
    upstreamOperations: [
      upstream('POST', '/order/{id}/charges'),
      upstream('GET', '/charges'),
      upstream('GET', '/orders', ['200', '409']),
    ],
  }
  const said = async (text: string) =>
    (await compared(words(text), [facts])).comparisons.map(
      ({ came, subject }) => `${subject} ${came}`,
    )

  test('that is as near as ours would be red did nobody know it', async () => {
    const text = '`POST /order/{id}/charges`'
    expect(await differing(text)).toHaveLength(1)
    expect(await said(text)).toEqual(['POST /order/{id}/charges agrees'])
  })

  test.each([
    ['that its spec lacks is noted', '`GET /order/{id}/refunds`', 'GET /order/{id}/refunds noted'],
    ['in a table', table('| Method | Path |', '| GET | /charges |'), 'GET /charges agrees'],
  ])('%s', async (_, text, came) => {
    expect(await said(text)).toEqual([came])
  })

  test.each([
    ['a limit', '`GET /charges`: `limit` is at most 7.', 'limit silent'],
    ['a default', '`GET /charges`: `limit` (default 7)', 'limit silent'],
    ['a status', '`GET /charges` answers `404`.', 'GET /charges silent'],
    ['a status of nobody', 'It answers `409` then.', 'the status 409 silent'],
  ])('%s of it is not held to our spec', async (_, text, came) => {
    expect(await said(text)).toContain(came)
    expect(await said(text)).not.toContain(expect.stringContaining('differs'))
  })

  test('takes nothing from what is said of ours', async () => {
    expect(await said('`DELETE /orders`')).toEqual(['DELETE /orders noted'])
    expect(await said('`PUT /orders/{orderId}`')).toEqual(['PUT /orders/{orderId} differs'])
    expect(await said('`POST /orders` answers `409`.')).toContain('POST /orders differs')
  })
})

describe('[facts] a claim that is nothing but facts', () => {
  const verified = async (text: string) =>
    (await factCases(saying(text))).map(({ name, place }) => `${name} @${place.line}`)

  test.each([
    ['- **Endpoints**: `POST /orders`, `GET /orders/{id}`'],
    ['- `limit`: default 20, at most 100'],
    [`- \`RATE_LIMIT\` (default \`6000\`)\n\n${env}`],
    [`${table('| Setting | Default |', '| `RATE_LIMIT` | `6000` |')}\n\n${env}`],
    [table('| Method | Path | Status |', '| POST | /orders | 201, 422 |')],
    [table('| Service | Port |', '| queue | 5672 |')],
  ])('is a case: %s', async (text) => {
    expect(await verified(text)).toHaveLength(1)
  })

  test.each([
    ['words that nothing is held to', '- `POST /orders` takes an order'],
    ['a fact that nothing else speaks of', '- `POST /orders`, `BATCH` (default 5)'],
    ['what is to be ticked off', '- [ ] `POST /orders`'],
    ['a link', '- **Document**: [settings](../settings.env)'],
    ['a name alone that nobody gives', '- `BATCH_SIZE`'],
    ['a fence below it', `- \`POST /orders\`\n\n  ${fenced('text', 'x').replaceAll('\n', '\n  ')}`],
    ['another column with words', table('| Setting | Default | Meaning |', '| `X_Y` | 5 | why |')],
  ])('is none with %s', async (_, text) => {
    expect(await verified(text)).toEqual([])
  })

  test('that is wrong is red once, at its own line, and names what is wrong', async () => {
    const [one, ...others] = await factCases(saying('- `POST /orders`, `PUT /orders`'))
    expect(others).toEqual([])
    expect(one).toMatchObject({ kind: 'claim', name: 'POST /orders, PUT /orders' })
  })
})
