import { describe, expect, test } from 'vitest'
import type { CaseKind } from '../model/test-case.ts'
import { type Verdict, verdicts } from '../model/verdict.ts'
import type { CaseMeta } from './meta.ts'
import { exitStatus, summaryLines, uncheckedLines } from './summary.ts'

const one = (integration: string, kind: CaseKind, verdict: Verdict): CaseMeta => ({
  id: 'x',
  name: 'a case',
  kind,
  integration,
  verdict,
  findings: [],
  curls: [],
  requests: 0,
  madeOf: [],
})

const status = (given: readonly Verdict[], rest = {}): number =>
  exitStatus({
    interrupted: false,
    broken: false,
    cases: given.map((verdict) => ({ verdict })),
    ...rest,
  })

test('the summary counts by integration, kind and verdict', () => {
  expect(
    summaryLines([
      one('orders', 'operation', 'verified'),
      one('orders', 'interaction', 'verified'),
      one('orders', 'interaction', 'failed'),
      one('billing', 'drill', 'verified'),
    ]),
  ).toEqual([
    'billing  1 drill           1 verified',
    'orders   2 interactions    1 verified, 1 failed',
    '         1 operation       1 verified',
  ])
})

test('what a cross-check could not compare is said in words, up to ten times', () => {
  const reason = Array.from({ length: 12 }, (_, n) => `Not checked: "${n}", a message.`).join('\n')
  const lines = uncheckedLines([
    { ...one('orders', 'cross-check', 'verified'), name: 'agrees with specs/a.yaml', reason },
    { ...one('orders', 'cross-check', 'failed'), reason: 'said there' },
    one('orders', 'cross-check', 'verified'),
  ])
  expect(lines[0]).toBe('agrees with specs/a.yaml: not checked: "0", a message.')
  expect(lines.slice(9)).toEqual([
    'agrees with specs/a.yaml: not checked: "9", a message.',
    '… and 2 more that are not checked: see the evidence',
  ])
})

test('several cases of one operation are one operation', () => {
  const asked = ['examples', 'boundaries'].map((technique) => ({
    ...one('orders', 'operation', 'verified'),
    name: `GET /orders › ${technique}`,
  }))
  expect(summaryLines(asked)).toEqual(['orders  1 operation       2 cases: 2 verified'])
})

describe('the exit status', () => {
  test.each([
    ['verified', 0],
    ['failed', 1],
    ['unsteady', 1],
    ['not-reproduced', 1],
    ['blocked', 1],
    ['aborted', 1],
    ['not-asked', 2],
    ['unimplemented', 2],
    ['by-hand', 2],
  ] as const)('of a run with nothing but %s is %i', (verdict, expected) => {
    expect(status([verdict])).toBe(expected)
  })

  test('is 0 where something was verified and nothing is red', () => {
    expect(status(['verified', 'not-asked', 'unimplemented', 'by-hand'])).toBe(0)
  })

  test('is 2 where nothing was selected', () => {
    expect(status([])).toBe(2)
  })

  test('is 1 where something outside of the cases is broken, and 130 where the run was interrupted', () => {
    expect(status(['verified'], { broken: true })).toBe(1)
    expect(status(['failed'], { interrupted: true })).toBe(130)
  })

  test('knows every verdict', () => {
    for (const verdict of verdicts) expect([0, 1, 2]).toContain(status([verdict]))
  })
})
