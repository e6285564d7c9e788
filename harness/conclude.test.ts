import { describe, expect, test } from 'vitest'
import type { AttemptResult } from './attempt.ts'
import { conclude, needsSecondLook } from './conclude.ts'
import type { Finding } from './model/finding.ts'
import type { Verdict } from './model/verdict.ts'

const finding = (code: string): Finding => ({
  code,
  summary: `${code} happened`,
  subject: 'GET /orders',
  place: { file: 'specs/a.yaml', line: 4 },
  expected: 'a',
  actual: 'b',
  confirmed: false,
})

const result = (
  verdict: Verdict,
  codes: readonly string[] = [],
  reason?: string,
): AttemptResult => ({
  attempt: { testbed: 't', madeOf: [], verdict, events: [], log: [], milliseconds: 1 },
  findings: codes.map(finding),
  leftOpen: [],
  ...(reason === undefined ? {} : { reason }),
})

describe('one attempt', () => {
  test.each(['verified', 'blocked', 'aborted', 'not-asked'] as const)(
    '%s is believed at once',
    (verdict) => {
      expect(needsSecondLook(result(verdict))).toBe(false)
      expect(conclude(result(verdict)).verdict).toBe(verdict)
    },
  )

  test.each(['failed', 'not-reproduced'] as const)('%s is looked at again', (verdict) => {
    expect(needsSecondLook(result(verdict))).toBe(true)
  })
})

describe('two attempts', () => {
  test('the same finding twice is confirmed', () => {
    const { verdict, findings } = conclude(result('failed', ['x']), result('failed', ['x']))
    expect(verdict).toBe('failed')
    expect(findings).toMatchObject([{ code: 'x', confirmed: true }])
  })

  test('only what was seen twice is reported', () => {
    const { findings } = conclude(result('failed', ['x', 'once']), result('failed', ['x']))
    expect(findings.map(({ code }) => code)).toEqual(['x'])
  })

  test('a failure that does not come again is unsteady, with both runs in words', () => {
    expect(conclude(result('failed', ['x']), result('verified'))).toMatchObject({
      verdict: 'unsteady',
      reason: [
        'The first run was failed (x happened); the second, on a fresh testbed, was verified.',
        'On the wire both were the same: what differed is not there to be seen.',
      ].join('\n'),
    })
  })

  test('what differed stands beside each other, and the log of the run that failed', () => {
    const seeing = (verdict: Verdict, status: number): AttemptResult => {
      const one = result(verdict, verdict === 'failed' ? ['x'] : [])
      const exchange = {
        request: { method: 'GET', url: 'http://127.0.0.1:1/a', headers: [] },
        answer: { status, headers: [], body: new Uint8Array(), milliseconds: 1 },
      }
      const events = [{ at: 0, what: 'asked', exchange }]
      return { ...one, attempt: { ...one.attempt, events }, log: [`answered ${status}`] }
    }
    const { reason, log } = conclude(seeing('failed', 500), seeing('verified', 200))
    expect(reason?.split('\n').slice(1)).toEqual([
      'What differed (first | second):',
      '  GET /a: status: 500 | 200',
    ])
    expect(log).toEqual(['answered 500'])
  })

  test('another finding than before is unsteady too', () => {
    expect(conclude(result('failed', ['x']), result('failed', ['y'])).verdict).toBe('unsteady')
  })

  test('a drill that is not reproduced twice keeps its verdict and reason', () => {
    const again = result('not-reproduced', [], 'step 1 held')
    expect(conclude(again, again)).toMatchObject({
      verdict: 'not-reproduced',
      reason: 'step 1 held',
    })
  })

  test('a second look that was blocked does not pass for a confirmation', () => {
    expect(conclude(result('failed', ['x']), result('blocked', [], 'no Java'))).toMatchObject({
      verdict: 'blocked',
      reason: 'no Java',
    })
  })
})
