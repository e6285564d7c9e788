import { describe, expect, test } from 'vitest'
import { guideCodes, type GuideCode } from '../codes.ts'
import { prove } from '../testing/fake-world.ts'
import type { Quirk } from '../testing/orders-provider.ts'
import { adopted, fenced, ordersPage } from '../testing/pages.ts'

const given = fenced(
  'http',
  'POST /orders',
  '',
  '{ "sku": "A-1" }',
  '',
  'HTTP 201',
  'Location: /orders/{{any}}',
  '',
  '{ "id": "{{new order}}" }',
)
const pay = (key: string): string =>
  fenced(
    'http',
    'POST /orders/{{order}}/payments',
    `Idempotency-Key: ${key}`,
    '',
    'HTTP 201',
    '',
    '{ "status": "paid" }',
  )
const count = `${fenced('sql', 'SELECT count(*) AS payments FROM payments WHERE order_id = {{order}}')}\n\n| payments |\n|---|\n| 1 |\n`

const page = (steps: readonly string[], drill = ''): string =>
  adopted(`## Scenario 1: Pay
**Given** an order
${given}
**Verification**
${steps.join('\n')}
**Troubleshooting**
${drill}
`)

const drill = (
  fields: Partial<Record<'breaks' | 'symptoms' | 'recovers' | 'prevention', string>> = {},
): string => `#### Timeout
- **Symptoms**: ${fields.symptoms ?? 'step 1 answers `504` within `900 ms`; the log says `payments unreachable`'}
- **Fault**: link \`payments\`, timeout · **Breaks**: ${fields.breaks ?? 'step 1'} · **Ends**: after \`400 ms\`
- **Recovers**: ${fields.recovers ?? 'within `1 s`'}
${fields.prevention === undefined ? '' : `- **Prevention**: ${fields.prevention}`}
`

const script = (line: string): string =>
  `2. A script\n${fenced('ts', "await api.GET('/orders/o-1')", line)}`
const keeping = `2. A token\n${fenced('ts', "const { data } = await api.POST('/orders', { body: {} })", 'const token = (data as { token?: string }).token', 'if (token !== undefined) kept.token = token')}\n${fenced('http', 'GET /orders/{{token}}', '', 'HTTP 200')}`
const step1 = `1. It is paid\n${pay('k-1')}`
const whole = page(
  [step1, `2. One payment\n${count}`],
  drill({ prevention: 'with `PAYMENTS_TIMEOUT_MS=5`: step 1 answers `504` within `200 ms`' }),
)

/** Each code, the case that shows it, and the one quirk that makes it. */
const table: Readonly<Record<GuideCode, readonly [text: string, name: string, quirk: Quirk]>> = {
  'guide-status': [whole, '1. It is paid', 'refuses orders'],
  'guide-header': [whole, '1. It is paid', 'forgets Location'],
  'guide-body': [whole, '1. It is paid', 'says closed'],
  'guide-no-answer': [whole, '1. It is paid', 'hangs up on payments'],
  'guide-sql': [whole, '2. One payment', 'stores payments twice'],
  'guide-script': [
    page([step1, script('expect(answer.body).toMatchObject({ payments: 1 })')]),
    '2. A script',
    'stores payments twice',
  ],
  'guide-kept': [page([step1, keeping]), '2. A token', 'gives no token'],
  'drill-not-reproduced': [whole, 'drill: Timeout', 'survives the fault'],
  'drill-other-step': [
    page(
      [
        `1. Read\n${fenced('http', 'GET /orders/{{order}}', '', 'HTTP 200')}`,
        `2. It is paid\n${pay('k-1')}`,
      ],
      drill({ breaks: 'step 2', symptoms: 'step 2 answers `504`' }),
    ),
    'drill: Timeout',
    'asks payments for reading',
  ],
  'drill-canary': [whole, 'drill: Timeout', 'never asks payments'],
  'drill-symptom': [whole, 'drill: Timeout', 'answers 502'],
  'drill-not-recovered': [whole, 'drill: Timeout', 'stays broken'],
  'drill-left-over': [whole, 'drill: Timeout', 'stores a payment that timed out'],
  'drill-prevention': [whole, 'drill: Timeout', 'ignores its settings'],
}

describe('each code is found by a provider that breaks just that', () => {
  test.concurrent.each(Object.keys(guideCodes) as GuideCode[])('%s', async (code) => {
    const [text, name, quirk] = table[code]
    const { judgement, world } = await prove(text, name, [quirk])
    expect([...new Set(judgement.findings.map((finding) => finding.code))]).toEqual([code])
    expect(judgement.verdict).toBe(
      /not-reproduced|other|canary/.test(code) ? 'not-reproduced' : 'failed',
    )
    expect(world.open()).toBe(0)
  })

  test.concurrent.each(Object.keys(guideCodes) as GuideCode[])(
    '%s: silent on a good one',
    async (code) => {
      const [text, name] = table[code]
      const { judgement, world } = await prove(text, name)
      expect(judgement).toEqual({ verdict: 'verified', findings: [] })
      expect(world.open()).toBe(0)
    },
  )
})

describe('a step', () => {
  test('is blocked by an earlier one that does not hold', async () => {
    const { judgement } = await prove(whole, '2. One payment', ['says closed'])
    expect(judgement).toMatchObject({ verdict: 'blocked', findings: [] })
    expect(judgement.reason).toContain('step 1 (It is paid) did not hold')
  })

  test('points at the line of the member that did not hold', async () => {
    const { judgement } = await prove(whole, '1. It is paid', ['says closed'])
    const line = whole.split('\n').indexOf('{ "status": "paid" }') + 1
    expect(judgement.findings[0]).toMatchObject({
      place: { file: 'guides/orders.md', line, column: 13 },
      subject: 'step 1 (It is paid), /status',
      expected: '"paid"',
      actual: '"closed"',
      request: { method: 'POST' },
    })
  })

  test('sends the credential that its part names, else the first', async () => {
    const { world } = await prove(ordersPage, '1. The order becomes paid')
    expect(world.providers[0]?.requests).toEqual([
      'POST /orders Bearer writer',
      'POST /orders/o-1/payments Bearer admin',
    ])
  })

  test('names the nearest credential when it asks for one that nobody has', async () => {
    const text = ordersPage.replace('as `writer`', 'as `writr`')
    await expect(prove(text, '1. The order')).rejects.toThrow(
      /guides\/orders\.md:11:\d+: no credential is named "writr"[\s\S]*write "writer"/,
    )
  })

  test('runs on a testbed with nothing of another step but those before it', async () => {
    const { world } = await prove(
      page([`- Read\n${fenced('http', 'GET /orders/x', '', 'HTTP 200')}`, `- Pay\n${pay('k')}`]),
      '2. Pay',
    )
    expect(world.providers).toHaveLength(1)
    expect(world.providers[0]?.requests.map((line) => line.split(' ')[0])).toEqual(['POST', 'POST'])
  })

  test('proves Rollback after all numbered steps', async () => {
    const { judgement, world } = await prove(ordersPage, 'rollback: cancel the order')
    expect(judgement.verdict).toBe('verified')
    expect(world.providers[0]?.requests.at(-1)).toMatch(/^DELETE/)
  })

  test('points at the line of a ts fence that threw', async () => {
    const text = page([step1, script("expect(1).toBe(1); throw new Error('no such thing')")])
    const { judgement } = await prove(text, '2. A script')
    expect(judgement.findings[0]).toMatchObject({ code: 'guide-script', actual: 'no such thing' })
    const first = text.split('\n').indexOf("await api.GET('/orders/o-1')") + 1
    expect(judgement.findings[0]?.place.line).toBeGreaterThanOrEqual(first - 1)
  })

  test('polls what a ts fence asks it to poll', async () => {
    const text = page([
      step1,
      script(
        'let n = 0; await expect.poll(() => (n += 1)).toBe(3); await expect.poll(() => n).not.toBe(4)',
      ),
    ])
    expect((await prove(text, '2. A script')).judgement.verdict).toBe('verified')
  })
})

describe('a drill', () => {
  test('takes down each phase, on testbeds of its own', async () => {
    const { world } = await prove(whole, 'drill: Timeout')
    expect(world.providers).toHaveLength(3)
    const notes = world.journal.events
      .filter(({ exchange }) => exchange === undefined)
      .map(({ what }) => what)
    expect(notes.join('\n')).toMatch(
      /baseline\n[\s\S]*fault in: link `payments`, timeout\n[\s\S]*symptom: step 1 broke[\s\S]*fault lifted after \d+ ms\n[\s\S]*recovery: step 1 holds again[\s\S]*clean-up[\s\S]*prevention: PAYMENTS_TIMEOUT_MS=5/,
    )
  })

  test('is blocked when its baseline does not hold', async () => {
    const { judgement, world } = await prove(whole, 'drill: Timeout', ['says closed'])
    expect(judgement).toMatchObject({ verdict: 'blocked', findings: [] })
    expect(judgement.reason).toMatch(/^baseline: step 1/)
    expect(world.providers).toHaveLength(1)
  })

  test('holds the time of the symptom to what the page says', async () => {
    const { judgement } = await prove(whole, 'drill: Timeout', ['is slow to notice'])
    expect(judgement.findings.map(({ code, expected }) => `${code} ${expected}`)).toEqual([
      'drill-symptom an answer within 900 ms',
    ])
  })

  test('holds the log to what the page says', async () => {
    const { judgement } = await prove(whole, 'drill: Timeout', ['logs nothing'])
    expect(judgement.findings).toMatchObject([
      { code: 'drill-symptom', actual: 'no line since the fault' },
    ])
  })

  test('holds the time of the recovery to what the page says', async () => {
    const { judgement } = await prove(whole, 'drill: Timeout', ['recovers late'])
    expect(judgement.findings).toMatchObject([{ code: 'drill-not-recovered' }])
  })

  test('says which link there is when it names another', async () => {
    const text = whole.replace('link `payments`', 'link `paymnts`')
    await expect(prove(text, 'drill: Timeout')).rejects.toThrow('no link "paymnts"')
  })
})
