import { describe, expect, test } from 'vitest'
import { page, pay, script, solved, step1, whole } from '../testing/broken-providers.ts'
import { prove } from '../testing/fake-world.ts'
import { fenced, ordersPage } from '../testing/pages.ts'

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

  test.each([
    ['in a comment', '// expect(1).toBe(2)', 'failed'],
    ['behind an early return', 'if (Date.now() > 1) return\nexpect(1).toBe(2)', 'failed'],
    ['in a loop over nothing', 'for (const x of [] as number[]) expect(x).toBe(2)', 'failed'],
    ['reached', 'expect(1).toBe(1)', 'verified'],
    ['polled', 'await expect.poll(() => 1).toBe(1)', 'verified'],
    ['without a matcher', 'expect(1)', 'failed'],
    ['with nothing but words', 'expect(1).to.be', 'failed'],
    ['polled and not awaited', 'void expect.poll(() => 1).toBe(1)', 'failed'],
    ['awaited', 'await expect(Promise.resolve(1)).resolves.toBe(1)', 'verified'],
    ['read as a word', 'expect(true).to.be.true', 'verified'],
    ['called in a chain', "expect([1]).to.be.an('array').that.includes(1)", 'verified'],
    ['soft', 'expect.soft(1).toBe(1)', 'verified'],
    ['of an object itself', 'const a = {}\nexpect(a).not.toBe({})\nexpect(a).toBe(a)', 'verified'],
  ])('a script whose expect stands %s', async (_, code, verdict) => {
    const { judgement } = await prove(page([step1, script(code)]), '2. A script')
    expect(judgement.verdict).toBe(verdict)
    if (verdict === 'failed')
      expect(judgement.findings[0]).toMatchObject({
        code: 'guide-script',
        actual: 'the fence ended without one',
      })
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

const notesOf = ({
  journal,
}: {
  readonly journal: { readonly events: readonly { readonly what: string }[] }
}) => journal.events.map(({ what }) => what)

const prevention = (status: number) =>
  solved.replace(
    '- **Solution**',
    `- **Prevention**: with \`PAYMENTS_TIMEOUT_MS=5\`: step 1 answers \`504\`\n\n${fenced('http', 'GET /health', '', `HTTP ${status}`)}\n\n- **Solution**`,
  )

describe('[solution] a drill whose solution ends the fault', () => {
  test('carries it out, asks meanwhile, and has a control', async () => {
    const { judgement, world } = await prove(solved, 'drill: Timeout')
    expect(judgement).toMatchObject({ verdict: 'verified' })
    expect(judgement.times?.recoveryMilliseconds).toBeLessThan(900)
    expect(judgement.times?.symptomMilliseconds).toBeGreaterThan(250)
    // Baseline, fault and control.
    expect(world.providers).toHaveLength(3)
    const notes = notesOf(world)
    const own = notes.filter((what) => !what.startsWith('control: '))
    expect(own.join('\n')).toMatch(
      /fault in[\s\S]*symptom: step 1[\s\S]*asked 3 times more[\s\S]*solution begins\nsolution\n[\s\S]*recovery: step 1 holds again[\s\S]*nothing lost\nnothing lost\nnothing lost\nclean-up/,
    )
    expect(notes.join('\n')).toMatch(/control: recovery: step 1 does not hold after \d+ ms/)
    expect(notes.filter((what) => what === 'control: solution')).toEqual([])
  })

  test('[lost] has what it asks meanwhile find the fault in force, however short that is', async () => {
    const text = solved.replace('**Ends**: by the solution', '**Ends**: after `10 ms`')
    const { judgement, world } = await prove(text, 'drill: Timeout')
    expect(judgement).toMatchObject({ verdict: 'verified' })
    expect(notesOf(world).join('\n')).toMatch(/asked 3 times more[\s\S]*fault lifted after \d+ ms/)
  })

  test('never lifts the fault itself', async () => {
    const text = solved.replace("await links['payments']?.reset()", 'await logs()')
    const { judgement, world } = await prove(text, 'drill: Timeout')
    expect(judgement.findings).toMatchObject([
      {
        code: 'drill-not-recovered',
        expected: "step 1 (It is paid) to hold within 900 ms of the solution's beginning",
      },
    ])
    expect(world.open()).toBe(0)
  })

  test('[drill-fences] runs fences under Symptoms while the fault is in force, with the answer that broke', async () => {
    const text = solved.replace(
      '- **Fault**',
      `${fenced('ts', 'expect(answer.status).toBe(504)', "expect(await metrics('payments_lost_total')).toBe(1)")}\n- **Fault**`,
    )
    expect((await prove(text, 'drill: Timeout')).judgement.verdict).toBe('verified')
    const wrong = await prove(text.replace('toBe(504)', 'toBe(503)'), 'drill: Timeout')
    expect(wrong.judgement.findings).toMatchObject([{ code: 'drill-symptom', expected: '503' }])
  })

  test('[symptom-metric] [symptom-health] [symptom-header] sees what shows beside the step', async () => {
    const text = solved.replace(
      'step 1 answers `504`',
      'step 1 answers `504` with header `Retry-After: 1`; the answer says `no luck`; metric `payments_lost_total` rises; health says `limping`',
    )
    expect((await prove(text, 'drill: Timeout')).judgement).toMatchObject({ findings: [] })
    const wrong = text.replace('`limping`', '`fine`').replace('_lost_', '_found_')
    expect((await prove(wrong, 'drill: Timeout')).judgement.findings).toMatchObject([
      { code: 'drill-symptom', actual: 'no metric payments_found_total' },
      { code: 'drill-symptom', actual: '200 limping' },
    ])
  })

  test('[prevention] runs fences under it', async () => {
    expect((await prove(prevention(200), 'drill: Timeout')).judgement.verdict).toBe('verified')
    expect((await prove(prevention(503), 'drill: Timeout')).judgement.findings).toMatchObject([
      { code: 'drill-prevention', expected: '503' },
    ])
  })
})
