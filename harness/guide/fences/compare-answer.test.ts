import { describe, expect, test } from 'vitest'
import type { HttpAnswer } from '../../model/http.ts'
import { compareAnswer } from './compare-answer.ts'
import type { Kept } from './hole.ts'
import { parseHttp } from './http.ts'

const answer = (body: unknown, headers: HttpAnswer['headers'] = [], status = 200): HttpAnswer => ({
  status,
  headers,
  body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
  milliseconds: 1,
})

const compare = (lines: readonly string[], came: HttpAnswer, kept: Kept = new Map()) => {
  const parsed = parseHttp({
    file: 'g.md',
    line: 1,
    column: 1,
    lines: ['GET /', '', 'HTTP 200', ...lines],
  })
  if ('problem' in parsed || parsed.exchanges[0]?.expected === undefined) throw new Error('unread')
  return compareAnswer(parsed.exchanges[0].expected, came, kept).map(
    ({ part, subject, place, expected, actual }) =>
      `${part} ${subject} @${place.line}:${place.column} ${expected} | ${actual}`,
  )
}

describe('[http-contained] bodies', () => {
  test.each<[string, string, unknown]>([
    ['more members', '{ "a": 1 }', { a: 1, b: 2 }],
    ['more members, deep in an array', '[{ "a": 1 }]', [{ a: 1, b: 2 }]],
    ['numbers by value', '{ "a": 1.0 }', { a: 1 }],
    ['null', '{ "a": null }', { a: null }],
    ['anything', '{ "a": {{any}}, "b": "{{any}}" }', { a: 7, b: [1] }],
    ['text within text', '{ "a": "x-{{any}}-y" }', { a: 'x-12-y' }],
    ['part of a text body', 'paid by {{any}}', 'order 1 was paid by card.'],
  ])('hold with %s', (_, body, came) => {
    expect(compare(['', body], answer(came))).toEqual([])
  })

  test.each<[string, string, unknown, string]>([
    ['a wrong value', '{ "a": 1 }', { a: '1' }, 'body /a @5:8 1 | "1"'],
    ['a missing member', '{ "a": 1 }', { b: 1 }, 'body /a @5:8 a member "a" | members b'],
    ['a longer array', '{ "a": [1] }', { a: [1, 2] }, 'body /a @5:8 an array of 1 | [1,2]'],
    ['another item of an array', '[1, 2]', [2, 2], 'body /0 @5:2 1 | 2'],
    [
      'null where anything is asked for',
      '{ "a": {{any}} }',
      { a: null },
      'body /a @5:8 anything but null | null',
    ],
    ['no object', '{ "a": 1 }', 'x"', 'body the body @5:1 JSON | "x\\""'],
    ['an empty body', '{ "a": 1 }', '', 'body the body @5:1 JSON | an empty body'],
    [
      'a text that does not fit',
      '{ "a": "x-{{any}}" }',
      { a: 'y-1' },
      'body /a @5:8 "x-…" | "y-1"',
    ],
    ['a name with a slash', '{ "a/b": 1 }', { 'a/b': 2 }, 'body /a~1b @5:10 1 | 2'],
  ])('do not hold with %s', (_, body, came, expected) => {
    const found = compare(['', body], answer(came))
    expect(found).toHaveLength(1)
    expect(found[0]).toBe(expected)
  })

  test('say each member that does not hold, at its own line', () => {
    const lines = ['', '{', '  "a": 1,', '  "b": { "c": true }', '}']
    expect(compare(lines, answer({ a: 2, b: { c: false } }))).toEqual([
      'body /a @6:8 1 | 2',
      'body /b/c @7:15 true | false',
    ])
  })

  test('that were cut off are not held to anything else', () => {
    expect(compare(['', '[1]'], { ...answer('[1'), truncated: true })[0]).toContain(
      'more bytes than are kept',
    )
  })
})

describe('[http-holes] names', () => {
  test('keep what comes, and are used', () => {
    const kept: Kept = new Map()
    expect(
      compare(
        ['', '{ "id": {{new id}}, "self": "/o/{{id}}", "again": "{{id}}" }'],
        answer({ id: 7, self: '/o/7', again: 7 }),
        kept,
      ),
    ).toEqual([])
    expect(kept).toEqual(new Map([['id', 7]]))
  })

  test('keep parts of texts and headers', () => {
    const kept: Kept = new Map()
    expect(
      compare(
        ['Location: /o/{{new id}}', '', '{ "a": "k={{new k}};" }'],
        answer({ a: 'k=v;' }, [['location', '/o/9']]),
        kept,
      ),
    ).toEqual([])
    expect([...kept]).toEqual([
      ['id', '9'],
      ['k', 'v'],
    ])
  })

  test('that were kept must come again', () => {
    expect(compare(['', '{ "id": {{id}} }'], answer({ id: 8 }), new Map([['id', 7]]))).toEqual([
      'body /id @5:9 7, kept as {{id}} | 8',
    ])
  })
})

describe('[http-header] headers', () => {
  test.each([
    ['Content-Type: application/json', 'application/json; charset=utf-8', 0],
    ['Content-Type: application/json; charset=utf-8', 'application/json', 1],
    ['Content-Type: application/json', 'application/jsonp', 1],
    ['ETag: "1"', '"1"', 0],
    ['ETag: "1"', '"12"', 1],
  ])('%s, when %s comes', (line, came, mismatches) => {
    const name = line.split(':')[0] ?? ''
    expect(compare([line], answer('', [[name.toLowerCase(), came]]))).toHaveLength(mismatches)
  })

  test('that are missing are said', () => {
    expect(compare(['Location: {{any}}'], answer(''))).toEqual([
      'header Location @4:1 Location: {{any}} | no Location',
    ])
  })
})

test('a wrong status is said alone, with the beginning of its body', () => {
  expect(compare(['A: b', '', '{ "a": 1 }'], answer({ title: 'no' }, [], 409))).toEqual([
    'status the status @3:1 200 | 409, {"title":"no"}',
  ])
})
