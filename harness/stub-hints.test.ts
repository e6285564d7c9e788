import { expect, test } from 'vitest'
import type { Attempt, StubReport } from './model/evidence.ts'
import { stubHints } from './stub-hints.ts'

const attempt = (stubs?: readonly StubReport[]): Attempt => ({
  testbed: 'orders-1',
  madeOf: [],
  verdict: 'failed',
  events: [],
  log: [],
  milliseconds: 1,
  ...(stubs === undefined ? {} : { stubs }),
})

test('both attempts at a case are told once', () => {
  const stubs = [{ name: 'payments', unmatched: ['POST /charges'], unused: ['GET /rates'] }]
  expect(stubHints([attempt(stubs), attempt(stubs)])).toEqual([
    'payments: 1 request matched no mapping: POST /charges',
    'payments: 1 mapping of the case answered no request: GET /rates',
  ])
})

test('many are counted and a few shown; none is none', () => {
  const unmatched = Array.from({ length: 7 }, (_, index) => `GET /${index}`)
  expect(stubHints([attempt([{ name: 'mail', unmatched, unused: [] }])])).toEqual([
    'mail: 7 requests matched no mapping: GET /0, GET /1, GET /2, GET /3, GET /4 and 2 more',
  ])
  expect(stubHints([attempt()])).toEqual([])
})
