import { expect, test } from 'vitest'
import type { CaseKind } from '../model/test-case.ts'
import type { Verdict } from '../model/verdict.ts'
import { coverageLine } from './claim-coverage.ts'
import { drillTable } from './drill-table.ts'
import type { CaseMeta } from './meta.ts'

const one = (kind: CaseKind, verdict: Verdict, more: Partial<CaseMeta> = {}): CaseMeta => ({
  id: 'x',
  name: 'a case',
  kind,
  integration: 'orders',
  verdict,
  findings: [],
  curls: [],
  requests: 0,
  madeOf: [],
  ...more,
})

const drill = (name: string, verdict: Verdict, times: CaseMeta['times']): CaseMeta =>
  one('drill', verdict, { name: `drill: ${name}`, ...(times === undefined ? {} : { times }) })

test('drills are a table with what was measured of them', () => {
  expect(
    drillTable([
      one('step', 'verified'),
      drill('Connection timeout', 'verified', {
        symptomMilliseconds: 1004.4,
        recoveryMilliseconds: 39.6,
      }),
      drill('Auth failure', 'failed', { symptomMilliseconds: 12 }),
      drill('Not begun', 'blocked', undefined),
    ]),
  ).toEqual([
    'drill               verdict   to symptom  to recovery',
    'Connection timeout  verified       1.0 s        40 ms',
    'Auth failure        failed         12 ms            -',
  ])
})

test('a long name is cut, and without drills there is no table', () => {
  const [, row = ''] = drillTable([drill('x'.repeat(80), 'verified', {})])
  expect(row).toMatch(/^x{43}… {2}verified/)
  expect(drillTable([one('step', 'verified')])).toEqual([])
})

test('how much of what guides claim was proved is one line', () => {
  expect(
    coverageLine([
      one('operation', 'verified'),
      one('step', 'verified'),
      drill('x', 'verified', {}),
      one('claim', 'unimplemented'),
      one('claim', 'by-hand'),
    ]),
  ).toEqual(['claims    4 in guides: 2 proved, 1 with nothing under them, 1 by hand'])
  expect(coverageLine([one('step', 'not-reproduced'), one('step', 'blocked')])).toEqual([
    'claims    2 in guides: 0 proved, 2 not, 0 with nothing under them, 0 by hand',
  ])
  expect(coverageLine([one('operation', 'verified')])).toEqual([])
})
