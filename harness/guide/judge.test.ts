import { describe, expect, test } from 'vitest'
import { judgeGuide } from './judge.ts'
import type { DrillSeen, FaultSeen, GuideSeen, StepRun, Unmet } from './seen.ts'
import { planned } from './testing/fake-world.ts'
import { fenced, ordersPage } from './testing/pages.ts'

const unmet: Unmet = {
  code: 'guide-body',
  place: { file: 'guides/orders.md', line: 30, column: 3 },
  subject: '/status',
  expected: '"paid"',
  actual: '"open"',
  request: { method: 'POST', url: 'http://127.0.0.1/orders/1/payments', headers: [] },
}
const run = (
  step: number,
  broken: readonly Unmet[] = [],
  status = broken.length === 0 ? 201 : 504,
): StepRun => ({
  step,
  unmet: broken,
  milliseconds: 20,
  sight: { step, status, milliseconds: 20 },
})
const judge = (name: string, seen: GuideSeen) => judgeGuide(planned(ordersPage, name), seen)

const step = (name: string, ...runs: readonly StepRun[]) => judge(name, { kind: 'step', runs })

describe('a step', () => {
  test('is verified when it was reached and held', () => {
    expect(step('1. The', run(0), run(1))).toEqual({ verdict: 'verified', findings: [] })
  })

  test('fails with a finding for each expectation, at its line, with the request', () => {
    const { verdict, findings } = step(
      '1. The',
      run(0),
      run(1, [unmet, { ...unmet, subject: '/paidAt' }]),
    )
    expect(verdict).toBe('failed')
    expect(findings).toEqual([
      {
        code: 'guide-body',
        summary:
          'step 1 (The order becomes paid), /status: the body of an answer does not hold what the page says: expected "paid", came "open".',
        subject: 'step 1 (The order becomes paid), /status',
        place: unmet.place,
        expected: '"paid"',
        actual: '"open"',
        request: unmet.request,
        confirmed: false,
      },
      expect.objectContaining({ subject: 'step 1 (The order becomes paid), /paidAt' }),
    ])
  })

  test('[given] fails by what broke in Given', () => {
    expect(step('2. Exactly', run(0, [unmet]))).toMatchObject({
      verdict: 'failed',
      findings: [{ subject: 'Given, /status' }],
    })
  })

  test('[numbered] is blocked by an earlier one', () => {
    expect(step('2. Exactly', run(0), run(1, [unmet]))).toMatchObject({
      verdict: 'blocked',
      findings: [],
      fix: 'mend step 1 first',
    })
  })

  test('is not verified when it was never reached', () => {
    expect(step('2. Exactly', run(0), run(1))).toMatchObject({ verdict: 'blocked' })
  })
})

describe('[phases] a drill', () => {
  const broken = run(1, [unmet])
  const fault: FaultSeen = {
    before: [run(0)],
    runs: [broken],
    bitAfterMilliseconds: 3,
    brokeAfterMilliseconds: 22,
    signs: { log: ['payments unreachable'] },
  }
  const good: DrillSeen = {
    kind: 'drill',
    baseline: [run(0), run(1)],
    fault,
    recovery: { tries: 1, last: run(1), milliseconds: 40 },
    after: [run(2)],
    prevention: fault,
  }
  const drill = (change: Partial<DrillSeen>) => judge('drill: Connection', { ...good, ...change })
  const without = (phase: keyof DrillSeen) => {
    const { [phase]: _, ...rest } = good
    return judge('drill: Connection', rest as DrillSeen)
  }

  test('is verified when every phase was seen', () => {
    // [times]
    expect(drill({})).toEqual({
      verdict: 'verified',
      findings: [],
      times: { symptomMilliseconds: 22, recoveryMilliseconds: 40 },
    })
  })

  test.each(['fault', 'recovery', 'prevention'] as const)(
    'is blocked when %s was not reached',
    (phase) => {
      expect(without(phase)).toMatchObject({ verdict: 'blocked', findings: [] })
    },
  )

  const unanswered = (failure: string): StepRun => ({
    ...run(0, [unmet]),
    sight: { step: 0, failure, milliseconds: 20 },
  })

  test.each<[string, Readonly<Partial<Record<keyof DrillSeen, unknown>>>, string]>([
    ['the baseline breaks', { baseline: [run(0), broken] }, 'blocked'],
    [
      'Given breaks before the fault',
      { fault: { ...fault, before: [run(0, [unmet])] } },
      'blocked',
    ],
    [
      'Given breaks under the prevention',
      { prevention: { ...fault, before: [run(0, [unmet])] } },
      'blocked',
    ],
    [
      '[breaks] nothing breaks',
      { fault: { ...fault, runs: [run(1), run(2)] } },
      'not-reproduced drill-not-reproduced',
    ],
    [
      '[breaks] another step breaks',
      { fault: { ...fault, runs: [run(1), run(2, [unmet])] } },
      'not-reproduced drill-other-step',
    ],
    [
      'the fault never bit',
      { fault: { before: [run(0)], runs: [broken], signs: { log: [] } } },
      'not-reproduced drill-canary',
    ],
    [
      'the status is another',
      { fault: { ...fault, runs: [run(1, [unmet], 500)] } },
      'failed drill-symptom',
    ],
    ['the log says nothing', { fault: { ...fault, signs: { log: [] } } }, 'failed drill-symptom'],
    [
      '[recovers] it does not recover',
      { recovery: { tries: 9, last: broken, milliseconds: 2100 } },
      'failed drill-not-recovered',
    ],
    [
      '[recovers] it recovers too late',
      { recovery: { tries: 9, last: run(1), milliseconds: 2100 } },
      'failed drill-not-recovered',
    ],
    ['[recovers] something is left over', { after: [run(2, [unmet])] }, 'failed drill-left-over'],
    [
      '[prevention] the prevention breaks its promise',
      { prevention: { ...fault, runs: [run(1, [unmet], 500)] } },
      'failed drill-prevention',
    ],
    [
      '[prevention] the fault never bit under the prevention',
      { prevention: { before: [run(0)], runs: [broken], signs: { log: [] } } },
      'failed drill-prevention',
    ],
    [
      '[solution] the solution cannot be carried out',
      { solution: run(1, [unmet]), recovery: undefined },
      'failed drill-solution',
    ],
    [
      '[lost] what was accepted is gone',
      { lost: [{ given: run(0), found: run(1, [unmet]) }] },
      'failed drill-lost',
    ],
    [
      '[lost] what was asked got no answer',
      { lost: [{ given: unanswered('no answer within 10 s') }] },
      'failed drill-lost',
    ],
    ['[lost] what was asked was refused', { lost: [{ given: run(0, [unmet], 503) }] }, 'verified'],
    [
      '[lost] what was asked could not be sent',
      { lost: [{ given: unanswered('connection refused') }] },
      'verified',
    ],
  ])('%s', (_, change, expected) => {
    const { verdict, findings } = drill(change as Partial<DrillSeen>)
    expect([verdict, ...findings.map(({ code }) => code)].join(' ')).toBe(expected)
    for (const { place } of findings) expect(place.line).toBeGreaterThan(20)
  })
})

describe('[control] a drill whose solution ends the fault', () => {
  const text = ordersPage
    .replace('after `200 ms`', 'by the solution')
    .replace('- **Prevention**', `${fenced('sql', 'SELECT 1')}\n- **Prevention**`)
  const broken = run(1, [unmet])
  const fault: FaultSeen = {
    before: [run(0)],
    runs: [broken],
    bitAfterMilliseconds: 3,
    signs: { log: ['payments unreachable'] },
  }
  const drill = (control: DrillSeen['control']) => {
    const { verdict, findings, times } = judgeGuide(planned(text, 'drill: Connection'), {
      kind: 'drill',
      baseline: [run(0), run(1)],
      fault,
      solution: run(1),
      recovery: { tries: 1, last: run(1), milliseconds: 40 },
      prevention: fault,
      ...(control === undefined ? {} : { control }),
    })
    expect(times).toEqual({ recoveryMilliseconds: 40 })
    return [verdict, ...findings.map(({ code }) => code)].join(' ')
  }

  test.each<[string, DrillSeen['control'], string]>([
    [
      'is verified when the step stays broken without it',
      { ...fault, recovery: { tries: 9, last: broken, milliseconds: 2100 } },
      'verified',
    ],
    [
      'is verified when the step holds again only later',
      { ...fault, recovery: { tries: 9, last: run(1), milliseconds: 2001 } },
      'verified',
    ],
    [
      'fails when the step holds again without it',
      { ...fault, recovery: { tries: 2, last: run(1), milliseconds: 300 } },
      'failed drill-superfluous',
    ],
    [
      'is not reproduced when the fault breaks nothing without it',
      { ...fault, runs: [run(1)] },
      'not-reproduced drill-not-reproduced',
    ],
    ['is blocked when there was no control', undefined, 'blocked'],
    ['is blocked when Given broke', { ...fault, before: [run(0, [unmet])] }, 'blocked'],
  ])('%s', (_, control, expected) => {
    expect(drill(control)).toBe(expected)
  })
})
