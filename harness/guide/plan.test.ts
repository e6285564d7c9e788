import { describe, expect, test } from 'vitest'
import { planGuide } from './plan.ts'
import { readGuide } from './read/read-guide.ts'
import { adopted, fenced, formPage, ordersPage, verifying } from './testing/pages.ts'

const plan = (text: string, integration?: string) =>
  planGuide(readGuide('guides/orders.md', text), {
    integrations: ['orders', 'users'],
    ...(integration === undefined ? {} : { integration }),
  })
const lines = (text: string, integration?: string) =>
  plan(text, integration).map(
    ({ kind, name, place, ruling }) => `${kind} ${name} @${place.line} ${ruling?.verdict ?? '-'}`,
  )

const drillOf = (page: string) => plan(page).find(({ kind }) => kind === 'drill')

const get = fenced('http', 'GET /orders', '', 'HTTP 200')

const ids = (text: string) =>
  new Map(plan(text).map(({ name, id }) => [name.replace(/^\d+\. /, ''), id]))

describe('the cases of a page', () => {
  test('are one a step, one a drill and one for Rollback', () => {
    expect(lines(ordersPage)).toEqual([
      'step 1. The order becomes paid @22 -',
      'step 2. Exactly one payment is stored @32 -',
      'drill drill: Connection timeout @41 -',
      'drill drill: Auth failure @46 unimplemented',
      'step rollback: cancel the order @50 -',
    ])
    expect(plan(ordersPage)[0]).toMatchObject({
      integration: 'orders',
      group: ['Orders and payments', 'Scenario 1: An order is paid'],
      detail: { scenarioIndex: 0, target: { kind: 'step', step: { number: 1 } } },
    })
  })

  test('are the same each time, and plain data', () => {
    const cases = plan(ordersPage)
    expect(plan(ordersPage)).toEqual(cases)
    expect(JSON.parse(JSON.stringify(cases))).toEqual(cases)
  })

  test('[step-names] keep their ids when the page is edited elsewhere', () => {
    const edited = ordersPage
      .replace('# Orders and payments', '# Orders\n\nWords.\n\n## More words')
      .replace('## Scenario 1', '## Scenario 7')
      .replace('**Verification**', `**Verification**\n1. A new one\n${get}`)
      .replace('\n1. The order becomes', '\n2. The order becomes')
    for (const [name, id] of ids(ordersPage)) expect(ids(edited).get(name)).toBe(id)
  })

  test('[any-page] of the form are all unimplemented, and differ in their ids', () => {
    const cases = plan(formPage, 'orders')
    expect(cases.map(({ name, ruling }) => `${name} ${ruling?.verdict}`)).toEqual([
      'Testing: How to verify integration unimplemented',
      'Connection: Connection string format unimplemented',
      'Recovery: Recovery procedures unimplemented',
      '1. How to confirm success unimplemented',
      '1. How to confirm success unimplemented',
      'Dependencies documented unimplemented',
      'Connection timeout | Slow response | Check network | Add timeouts unimplemented',
    ])
    expect(new Set(cases.map(({ id }) => id)).size).toBe(7)
  })

  test('[adopted] of a page that is not adopted are all unimplemented, whatever is wrong with it', () => {
    const text = ordersPage.replace('adopted: true ', 'adopted: false').replace('HTTP 204', 'HTTP')
    expect(new Set(plan(text).map(({ ruling }) => ruling?.verdict))).toEqual(
      new Set(['unimplemented']),
    )
  })

  test('are none where no integration is bound', () => {
    expect(plan(formPage)).toEqual([])
    expect(lines(formPage, 'users')).toHaveLength(7)
  })

  test('[front-matter] are one red one for an integration that nobody knows', () => {
    const [only, ...more] = plan(ordersPage.replace('integration: orders', 'integration: order'))
    expect(more).toEqual([])
    expect(only).toMatchObject({
      place: { line: 2 },
      ruling: { verdict: 'failed', fix: 'write "orders"' },
    })
  })
})

describe('what planning alone can say', () => {
  test('[expects-nothing] [ts-expects] steps that prove nothing', () => {
    const text = verifying(
      `1. No fence\n2. A request\n${fenced('http', 'GET /a')}\n3. A statement\n${fenced('sql', 'SELECT 1')}\n4. A script\n${fenced('ts', 'await logs()')}\n5. A sample\n${fenced('json', '{}')}\n6. All\n${get}`,
    )
    expect(plan(text).map(({ ruling }) => ruling?.verdict)).toEqual([
      ...Array.from({ length: 5 }, () => 'unimplemented'),
      undefined,
    ])
  })

  test('[commands] commands that nobody stands in for are blocked, and so are the steps after them', () => {
    const text = verifying(
      `1. A command\n${fenced('sh', '$ A=1 kubectl get pods', 'x')}\n2. After\n${get}\n\n<!-- -->\n\n- On its own\n${get}`,
    )
    const cases = plan(text)
    expect(cases.map(({ ruling }) => ruling?.verdict)).toEqual(['blocked', 'blocked', undefined])
    expect(cases[0]?.ruling?.reason).toContain('`A=1 kubectl get pods`')
    expect(
      planGuide(readGuide('guides/orders.md', text), {
        integrations: ['orders'],
        commands: ['kubectl get'],
      }).map(({ ruling }) => ruling?.verdict),
    ).toEqual([undefined, undefined, undefined])
  })

  test('[http-errors] a fence that cannot be read is red at its line and blocks its step', () => {
    const text = verifying(`1. It is so\n${fenced('http', 'GET /a', '', 'HTTP 2000')}`)
    expect(lines(text)).toEqual([
      'claim "HTTP 2000" names no status @13 failed',
      'step 1. It is so @9 blocked',
    ])
  })

  test('[no-steps] a scenario with fences and no step is red', () => {
    const text = adopted(`## Scenario: One\n**Given** an order\n${get}\n`)
    expect(lines(text)).toEqual(['claim no verification step @6 failed'])
    expect(lines(adopted('## Scenario: One\n**Problem**: words\n'))).toEqual([])
  })

  test('[breaks] a drill that breaks a step which does not exist is red, with the nearest', () => {
    const cases = plan(ordersPage.replace('**Breaks**: step 1', '**Breaks**: step 3'))
    expect(cases.find(({ kind }) => kind === 'claim')).toMatchObject({
      place: { line: 43 },
      ruling: { verdict: 'failed', fix: 'write "step 2"' },
    })
    expect(cases.find(({ name }) => name === 'drill: Connection timeout')?.ruling?.verdict).toBe(
      'blocked',
    )
  })

  test('[ends] a drill whose solution must end the fault, and cannot run, is unimplemented', () => {
    const text = ordersPage.replace('after `200 ms`', 'by the solution')
    expect(drillOf(text)?.ruling).toMatchObject({
      verdict: 'unimplemented',
      reason: 'The fault ends by the solution, and nothing under Solution could run.',
    })
    const solved = text.replace('- **Prevention**', `${get}\n- **Prevention**`)
    expect(drillOf(solved)).not.toHaveProperty('ruling')
  })

  test('[commands] a drill whose fences need a command that nobody stands in for is blocked', () => {
    const text = ordersPage.replace(
      '- **Prevention**',
      `${fenced('sh', '$ kubectl get pods')}\n- **Prevention**`,
    )
    expect(plan(text).find(({ kind }) => kind === 'drill')?.ruling).toMatchObject({
      verdict: 'blocked',
      reason: 'Nothing stands in for the command `kubectl get pods` at line 46, so it is not run.',
    })
  })

  test('[drill-without-fault] a drill without a fault is unimplemented, and so are rows of a table', () => {
    const text = adopted(
      `## Scenario: One\n**Verification**\n- Read\n${get}\n\n**Troubleshooting**\n\n| Issue | Solution |\n|---|---|\n| Slow | Wait |\n`,
    )
    expect(lines(text)).toEqual(['step 1. Read @8 -', 'drill drill: Slow @19 unimplemented'])
  })

  test('a drill on a step that proves nothing is blocked', () => {
    const cases = plan(ordersPage.replace('HTTP 201\n{ "status"', '{ "status"'))
    expect(cases.find(({ kind }) => kind === 'drill')?.ruling?.verdict).toBe('blocked')
  })
})
