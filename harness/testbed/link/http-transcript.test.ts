import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Exchange } from '../../model/http.ts'
import { readTranscript } from './http-transcript.ts'
import type { RecordedConnection } from './tap.ts'

const lines = (...text: readonly string[]): string => text.join('\r\n')

const connectionOf = (
  sent: string | Uint8Array,
  received: string | Uint8Array,
  more: Partial<RecordedConnection> = {},
): RecordedConnection => ({
  sent: new Uint8Array(Buffer.from(sent)),
  received: new Uint8Array(Buffer.from(received)),
  sentMarks: [{ offset: 0, at: 100 }],
  receivedMarks: [{ offset: 0, at: 130 }],
  truncated: false,
  startedAt: 90,
  endedAt: 200,
  ...more,
})

const baseUrl = 'http://127.0.0.1:4000/'

interface Line {
  readonly asked: string
  sent?: string
  status?: number
  got?: string
  truncated?: true
  failure?: string
}

/** An exchange with its bodies as text, so that expectations can be read. */
const lineOf = ({ request, answer, failure }: Exchange): Line => {
  const line: Line = { asked: `${request.method} ${request.url}` }
  if (request.body !== undefined) line.sent = Buffer.from(request.body).toString()
  if (answer !== undefined) {
    line.status = answer.status
    line.got = Buffer.from(answer.body).toString()
    if (answer.truncated === true) line.truncated = true
  }
  if (failure !== undefined) line.failure = failure
  return line
}

const read = (...parts: Parameters<typeof connectionOf>): readonly Line[] =>
  readTranscript(connectionOf(...parts), baseUrl).map(lineOf)

const getOrders = lines('GET /orders HTTP/1.1', 'Host: tap', '', '')
const ok = lines('HTTP/1.1 200 OK', 'Content-Length: 2', '', 'ok')

test('a request and its answer, with header fields as they stood there', () => {
  const sent = lines(
    'POST /orders?a=1 HTTP/1.1',
    'x-B:  two ',
    'X-b: \u00e9',
    'content-length: 4',
    '',
    'body',
  )
  const received = lines('HTTP/1.1 201 Created', 'Location: /orders/1', 'Content-Length: 0', '', '')
  expect(
    readTranscript(connectionOf(Buffer.from(sent, 'latin1'), received), 'http://127.0.0.1:4000'),
  ).toEqual([
    {
      request: {
        method: 'POST',
        url: 'http://127.0.0.1:4000/orders?a=1',
        headers: [
          ['x-B', 'two'],
          ['X-b', 'é'],
          ['content-length', '4'],
        ],
        body: new Uint8Array(Buffer.from('body')),
      },
      answer: {
        status: 201,
        headers: [
          ['Location', '/orders/1'],
          ['Content-Length', '0'],
        ],
        body: new Uint8Array(),
        milliseconds: 30,
      },
    },
  ])
})

test('the time goes from the first byte asked to the last byte of the answer', () => {
  const [first, second] = readTranscript(
    connectionOf(getOrders + getOrders, ok + ok, {
      sentMarks: [
        { offset: 0, at: 100 },
        { offset: getOrders.length, at: 200 },
      ],
      receivedMarks: [
        { offset: 0, at: 110 },
        { offset: ok.length - 1, at: 150 },
        { offset: ok.length, at: 201 },
      ],
    }),
    baseUrl,
  )
  expect([first?.answer?.milliseconds, second?.answer?.milliseconds]).toEqual([50, 1])
})

test('several exchanges on one connection', () => {
  expect(
    read(
      getOrders + lines('PUT /a HTTP/1.1', 'Content-Length: 3', '', 'abc') + getOrders,
      ok + lines('HTTP/1.1 204 No Content', '', '') + ok,
    ),
  ).toEqual([
    { asked: 'GET http://127.0.0.1:4000/orders', status: 200, got: 'ok' },
    { asked: 'PUT http://127.0.0.1:4000/a', sent: 'abc', status: 204, got: '' },
    { asked: 'GET http://127.0.0.1:4000/orders', status: 200, got: 'ok' },
  ])
})

test('chunked bodies, with extensions and trailers, both ways', () => {
  const chunked = lines('5;name="x"', 'hello', 'A ', ' chunked !', '0', 'Trailer: x', '', '')
  const header = 'Transfer-Encoding: gzip, Chunked'
  expect(
    read(
      lines('POST /a HTTP/1.1', header, '', chunked) + getOrders,
      lines('HTTP/1.1 200 OK', header, '', chunked) + ok,
    ),
  ).toEqual([
    {
      asked: 'POST http://127.0.0.1:4000/a',
      sent: 'hello chunked !',
      status: 200,
      got: 'hello chunked !',
    },
    { asked: 'GET http://127.0.0.1:4000/orders', status: 200, got: 'ok' },
  ])
})

test.each([
  ['HEAD', 200],
  ['GET', 204],
  ['GET', 304],
  ['CONNECT', 200],
])('the answer %s %i has no body, whatever its length field says', (method, status) => {
  expect(
    read(
      lines(`${method} /a HTTP/1.1`, '', '') + getOrders,
      lines(`HTTP/1.1 ${status} X`, 'Content-Length: 500', '', '') + ok,
    ),
  ).toMatchObject([
    { status, got: '' },
    { status: 200, got: 'ok' },
  ])
})

test('interim answers are left out', () => {
  const interim = lines('HTTP/1.1 100 Continue', '', '') + lines('HTTP/1.1 103 Early Hints', '', '')
  expect(read(getOrders, interim + ok)).toMatchObject([{ status: 200, got: 'ok' }])
})

test('after an upgrade nothing is HTTP any more', () => {
  const frames = getOrders
  expect(read(getOrders + frames, lines('HTTP/1.1 101 X', '', '') + ok)).toMatchObject([
    { status: 101 },
  ])
})

test('an answer without a length lasts until the connection is closed', () => {
  const received = lines('HTTP/1.0 200 OK', '', 'all of it')
  expect(read(getOrders, received)).toMatchObject([{ got: 'all of it' }])
  expect(read(getOrders, received)[0]).not.toHaveProperty('truncated')
  expect(
    readTranscript(connectionOf(getOrders, received, { truncated: true }), baseUrl),
  ).toMatchObject([{ answer: { truncated: true } }])
  const { endedAt: _, ...open } = connectionOf(getOrders, received)
  expect(readTranscript(open, baseUrl)).toMatchObject([{ answer: { truncated: true } }])
})

test.each([
  ['a body that stops short', lines('HTTP/1.1 200 OK', 'Content-Length: 9', '', 'half'), 'half'],
  [
    'a chunk that stops short',
    lines('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked', '', '9', 'half'),
    'half',
  ],
  [
    'a chunk without a size',
    lines('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked', '', '2', 'ab', 'xyz', ''),
    'ab',
  ],
  ['a header that stops short', lines('HTTP/1.1 200 OK', 'Content-Le'), ''],
  ['a length that is none', lines('HTTP/1.1 200 OK', 'Content-Length: many', '', 'rest'), 'rest'],
])('%s is given as far as it goes', (_, received, got) => {
  expect(read(getOrders, received)).toMatchObject([{ status: 200, got, truncated: true }])
})

test('requests without an answer say why', () => {
  const failure = 'the connection was closed without an answer'
  expect(read(getOrders + getOrders, ok)).toMatchObject([{ status: 200 }, { failure }])
  expect(read(getOrders, '')).toMatchObject([{ failure }])
  expect(read(getOrders, 'SSH-2.0-x\r\n')).toMatchObject([{ failure }])
  expect(read(getOrders, '', { truncated: true })).toMatchObject([
    { failure: 'the answer is beyond what was recorded' },
  ])
  const { endedAt: _, ...open } = connectionOf(getOrders, '')
  expect(readTranscript(open, baseUrl)).toMatchObject([{ failure: 'no answer yet' }])
})

test('targets in absolute form stay as they are', () => {
  expect(read(lines('GET http://other/a HTTP/1.1', '', ''), ok)).toMatchObject([
    { asked: 'GET http://other/a' },
  ])
})

test('bare line feeds, empty lines before a request and folded fields are understood', () => {
  expect(
    readTranscript(
      connectionOf('\r\n\nGET /a HTTP/1.1\nX-Long: one\n  two\nno field\n\n', ok),
      baseUrl,
    ),
  ).toMatchObject([{ request: { headers: [['X-Long', 'one two']] }, answer: { status: 200 } }])
})

test('what is no HTTP gives nothing', () => {
  expect(read('\u0016\u0003\u0001 hello', 'x')).toEqual([])
  expect(read('', ok)).toEqual([])
  expect(read(`${getOrders}garbage\r\n${getOrders}`, ok)).toHaveLength(1)
})

test('no input makes it throw, wherever it is cut', () => {
  const pieces = fc.array(
    fc.oneof(
      fc.constantFrom(
        getOrders,
        ok,
        '\r\n',
        'HTTP/1.1 200 OK',
        'Content-Length: 5',
        ':',
        ' ',
        '0',
        'a',
        'fffffffffff',
      ),
      fc.constantFrom(
        'Transfer-Encoding: chunked\r\n\r\n',
        'HTTP/1.1 100 C\r\n\r\n',
        '\n',
        '-1\r\n',
      ),
      fc.string(),
    ),
  )
  fc.assert(
    fc.property(pieces, pieces, fc.boolean(), (sent, received, truncated) => {
      const exchanges = read(sent.join(''), received.join(''), { truncated })
      for (const exchange of exchanges) {
        expect('status' in exchange || 'failure' in exchange).toBe(true)
      }
    }),
    { numRuns: 500 },
  )
})

test('a long line of blanks costs no more than its length', () => {
  const blanks = `A:${' '.repeat(250_000)}x`
  const before = performance.now()
  read(lines('GET / HTTP/1.1', blanks, blanks, '', ''), `HTTP/1.1 200 ${blanks}`)
  expect(performance.now() - before).toBeLessThan(2000)
})
