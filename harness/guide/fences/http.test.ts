import { describe, expect, test } from 'vitest'
import { parseHttp } from './http.ts'

const parse = (...lines: readonly string[]) =>
  parseHttp({ file: 'g.md', line: 11, column: 3, lines })

const exchanges = (...lines: readonly string[]) => {
  const parsed = parse(...lines)
  if ('problem' in parsed) throw new Error(parsed.problem.problem)
  return parsed.exchanges
}

const problem = (...lines: readonly string[]) => {
  const parsed = parse(...lines)
  if ('exchanges' in parsed) throw new Error('it was read')
  const { problem, place, fix = '' } = parsed.problem
  return `${place.line}:${place.column} ${problem} -> ${fix}`
}

describe('requests', () => {
  test('[http-request] have a method, a path, headers and a body', () => {
    const [one] = exchanges('POST /orders/{{order}}', 'A: 1', 'B: {{order}}', '', '{ "a": 1 }')
    expect(one).toMatchObject({
      method: 'POST',
      target: '/orders/{{order}}',
      headers: [
        { name: 'A', value: '1', place: { line: 12 } },
        { name: 'B', value: '{{order}}', place: { line: 13 } },
      ],
      body: { kind: 'json', place: { line: 15 } },
      place: { file: 'g.md', line: 11, column: 3 },
    })
    expect(one).not.toHaveProperty('expected')
  })

  test.each([
    ['GET https://orders.example.com/orders?a=1', '/orders?a=1'],
    ['GET /orders HTTP/1.1', '/orders'],
  ])('[http-request] %s asks for %s', (line, target) => {
    expect(exchanges(line)[0]?.target).toBe(target)
  })

  test('[http-request] go on with their query on further lines', () => {
    expect(exchanges('GET /orders', '  ?a=1', '  &b=2', 'X: y')[0]).toMatchObject({
      target: '/orders?a=1&b=2',
      headers: [{ name: 'X' }],
    })
  })

  test('have a text body where it does not begin as JSON or the media type says so', () => {
    expect(exchanges('POST /x', '', 'a=1&b=2')[0]?.body).toMatchObject({
      kind: 'text',
      text: 'a=1&b=2',
    })
    expect(exchanges('POST /x', 'Content-Type: text/plain', '', '[1]')[0]?.body?.kind).toBe('text')
    expect(
      exchanges('POST /x', 'content-type: application/problem+json', '', '1')[0]?.body?.kind,
    ).toBe('json')
  })
})

describe('answers', () => {
  test('[http-answer] have a status, headers and a body', () => {
    expect(
      exchanges('GET /', '', 'HTTP/1.1 200 OK', 'ETag: {{new tag}}', '', '[1]')[0]?.expected,
    ).toMatchObject({
      status: 200,
      headers: [{ name: 'ETag', value: '{{new tag}}' }],
      body: { kind: 'json', root: { kind: 'array' }, place: { line: 16 } },
      place: { line: 13 },
    })
  })

  test('[http-answer] may have their body without a blank line above it', () => {
    expect(exchanges('GET /', '', 'HTTP 200', '{ "a": {{any}} }')[0]?.expected?.body).toMatchObject(
      {
        root: {
          members: [{ name: 'a', value: { kind: 'hole', place: { line: 14, column: 10 } } }],
        },
      },
    )
  })

  test('[http-several] are many in one fence, parted by ###', () => {
    const all = exchanges(
      '### first',
      'GET /a',
      '',
      'HTTP 200',
      '',
      '### second',
      '# a comment',
      'GET /b',
    )
    expect(all.map(({ target, expected }) => [target, expected?.status])).toEqual([
      ['/a', 200],
      ['/b', undefined],
    ])
  })
})

describe('[http-errors] what cannot be read', () => {
  test.each([
    [['PSOT /orders'], '11:3 "PSOT" is no HTTP method -> write POST'],
    [['orders'], '11:3 this is no request line: orders -> '],
    [
      ['GET orders'],
      "11:7 the request's path does not begin with a slash: orders -> write /orders",
    ],
    [['GET /', 'HTTP 20'], '12:3 "HTTP 20" names no status -> '],
    [
      ['GET /', '', 'HTTP 200', '', '{ "a": }'],
      '15:10 the body is not JSON: a value is missing here -> ',
    ],
    [
      ['GET /', '', 'HTTP 200', '', '{ "a": 1', ' "b": 2 }'],
      '16:4 the body is not JSON: a comma is missing before this -> ',
    ],
    [
      ['POST /', '{ "a": 1 }'],
      '12:3 this is neither a header nor a blank line: { "a": 1 } -> put a blank line above the body',
    ],
    [
      ['GET /', 'HTTP 200', 'HTTP 201'],
      '13:3 one request has two answers -> put a line ### between two exchanges',
    ],
    [['HTTP 200'], '11:3 an answer stands here without a request above it -> '],
    [
      ['GET /{{new x}}'],
      '11:8 a request can only send what is known -> use {{any}} and {{new name}} below the line HTTP … only',
    ],
    [['', '# nothing'], '11:3 this http fence is empty -> '],
  ])('%j', (lines, expected) => {
    expect(problem(...lines)).toBe(expected)
  })

  test('is bounded in depth', () => {
    expect(problem('POST /', '', '['.repeat(100) + ']'.repeat(100))).toContain(
      'deeper than 64 levels',
    )
  })
})
