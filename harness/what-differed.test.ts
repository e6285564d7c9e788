import { expect, test } from 'vitest'
import type { Attempt } from './model/evidence.ts'
import type { Exchange, HttpAnswer } from './model/http.ts'
import { whatDiffered } from './what-differed.ts'

const exchange = (
  answer: Partial<Omit<HttpAnswer, 'body'>> & { readonly body?: string },
  port = 4000,
): Exchange => ({
  request: { method: 'GET', url: `http://127.0.0.1:${port}/orders/1?a=b`, headers: [] },
  answer: {
    status: 200,
    headers: [],
    milliseconds: 1,
    ...answer,
    body: new TextEncoder().encode(answer.body ?? ''),
  },
})

const run = (...exchanges: readonly Exchange[]): Attempt => ({
  testbed: 't',
  madeOf: [],
  verdict: 'failed',
  events: [
    { at: 0, what: 'noted' },
    ...exchanges.map((one) => ({ at: 1, what: 'a', exchange: one })),
  ],
  log: [],
  milliseconds: 1,
})

test('of two equal runs nothing, whatever port, date and time they had', () => {
  const first = run(exchange({ headers: [['Date', 'a']], body: '{"a":[1]}' }))
  const second = run(
    exchange({ headers: [['date', 'b']], body: '{ "a": [1] }', milliseconds: 9 }, 4001),
  )
  expect(whatDiffered(first, second)).toEqual([])
})

test('status, headers and members of the body', () => {
  const first = run(
    exchange({ headers: [['X-Node', 'a']], body: '{"id":1,"lines":[{"sku":"A","old":true}]}' }),
  )
  const second = run(
    exchange({ status: 500, headers: [['x-node', 'b']], body: '{"id":1,"lines":[{"sku":"B"}]}' }),
  )
  expect(whatDiffered(first, second)).toEqual([
    'GET /orders/1?a=b: status: 200 | 500',
    'GET /orders/1?a=b: header x-node: "a" | "b"',
    'GET /orders/1?a=b: $.lines[0].sku: "A" | "B"',
    'GET /orders/1?a=b: $.lines[0].old: true | nothing',
  ])
})

test('another text, no answer at all, another number of requests', () => {
  const silent = { ...exchange({}), failure: 'no answer within 10 s' }
  const { answer: _, ...unanswered } = silent
  expect(whatDiffered(run(exchange({ body: 'a' })), run(exchange({ body: 'b' })))).toEqual([
    'GET /orders/1?a=b: $: "a" | "b"',
  ])
  expect(whatDiffered(run(unanswered), run(exchange({}), exchange({})))).toEqual([
    'requests: 1 | 2',
    'GET /orders/1?a=b: answer: no answer within 10 s | status 200',
  ])
})

test('a request that was not the same, and a body nested without end', () => {
  const other = exchange({})
  const moved = { ...other, request: { ...other.request, url: 'http://127.0.0.1:1/orders/2' } }
  expect(whatDiffered(run(other), run(moved))).toEqual([
    'GET /orders/1?a=b: request: GET /orders/1?a=b | GET /orders/2',
  ])
  const deep = (inner: string) => exchange({ body: '['.repeat(500) + inner + ']'.repeat(500) })
  expect(whatDiffered(run(deep('1')), run(deep('2')))).toHaveLength(1)
  expect(whatDiffered(run(deep('1')), run(deep('1')))).toEqual([])
})

test('many differences are bounded', () => {
  const body = (value: number) =>
    JSON.stringify(Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`m${n}`, value])))
  const lines = whatDiffered(run(exchange({ body: body(1) })), run(exchange({ body: body(2) })))
  expect(lines).toHaveLength(9)
  expect(lines.at(-1)).toBe('… and 12 more')
})
