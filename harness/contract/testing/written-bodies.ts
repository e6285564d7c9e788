import { http4, json, one, type AnswerOf, type AskedOf, type Writable } from './writable.ts'

const bodied = (content: unknown, contentType: string, encoded: unknown = false) => ({
  status: 200,
  headers: { 'Content-Type': [contentType] },
  body: { content, contentType, encoded },
})

const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 255])
const boundary = 'limit'
const part = (value: string): string =>
  `--${boundary}\r\nContent-Disposition: form-data; name="a"\r\n\r\n${value}\r\n--${boundary}--\r\n`
const multipart = `multipart/form-data; boundary=${boundary}`
const large = 'x'.repeat(11 * 1024 * 1024)

const of = (contentType: string, body: string | Buffer) => (): AnswerOf => ({
  headers: { 'Content-Type': contentType },
  body,
})

const sent = (contentType: string, expected: string | Buffer) => ({
  right: ({ body, headers }: AskedOf): AnswerOf => ({
    status:
      body.equals(Buffer.from(expected)) &&
      headers['content-type']?.startsWith(contentType) === true
        ? 200
        : 400,
  }),
  wrong: (): AnswerOf => ({ status: 415 }),
  codes: ['contract-status'],
})

const posting = (content: unknown, contentType: string, encoded: unknown = false): string =>
  http4({
    request: {
      method: 'POST',
      path: '/a',
      ...bodied(content, contentType, encoded),
      status: undefined,
    },
    response: { status: 200 },
  })

/** Every kind of body, sent and received. */
export const ofBodies: readonly Writable[] = [
  {
    name: 'bytes that come',
    contract: http4({ response: bodied(bytes.toString('base64'), 'image/png', 'base64') }),
    right: of('image/png', bytes),
    wrong: of('image/png', Buffer.concat([bytes, bytes])),
    codes: ['contract-body'],
  },
  {
    name: 'bytes that are sent',
    contract: posting(bytes.toString('base64'), 'image/png', 'base64'),
    ...sent('image/png', bytes),
  },
  {
    name: 'a form that comes',
    contract: http4({ response: bodied('a=1&b=2', 'application/x-www-form-urlencoded') }),
    right: of('application/x-www-form-urlencoded', 'b=2&a=1'),
    wrong: of('application/x-www-form-urlencoded', 'a=1&b=3'),
    codes: ['contract-body'],
  },
  {
    name: 'a form that is sent',
    contract: posting('a=1&a=2&b=%C3%A4', 'application/x-www-form-urlencoded'),
    ...sent('application/x-www-form-urlencoded', 'a=1&a=2&b=%C3%A4'),
  },
  {
    name: 'parts that come',
    contract: http4({
      response: bodied(Buffer.from(part('one')).toString('base64'), multipart, 'base64'),
    }),
    right: of(multipart, part('one')),
    wrong: of(multipart, part('two')),
    codes: ['contract-body'],
  },
  {
    name: 'parts that are sent',
    contract: posting(Buffer.from(part('one')).toString('base64'), multipart, 'base64'),
    ...sent('multipart/form-data', part('one')),
  },
  {
    name: 'XML',
    contract: http4({ response: bodied('<a b="1"><c>x</c></a>', 'application/xml') }),
    right: of('application/xml', '<?xml version="1.0"?><a b="1"><c>x</c></a>'),
    wrong: of('application/xml', '<a b="2"><c>x</c></a>'),
    codes: ['contract-body'],
  },
  {
    name: 'a plain text',
    contract: http4({ response: bodied('tea', 'text/plain') }),
    right: of('text/plain', 'tea'),
    wrong: of('text/plain', 'pea'),
    codes: ['contract-body'],
  },
  {
    name: 'an absent body, of which nothing is asked',
    contract: one('3.0.0', { response: { status: 200 } }),
    right: of('text/plain', 'whatever'),
    wrong: () => ({ status: 204 }),
    codes: ['contract-status'],
  },
  {
    name: 'a body that is null, so that there must be none',
    contract: one('3.0.0', { response: { status: 200, body: null } }),
    right: () => ({}),
    wrong: of('text/plain', 'something'),
    codes: ['contract-body'],
  },
  {
    name: 'an empty body',
    contract: one('3.0.0', { response: { status: 200, body: '' } }),
    right: () => ({}),
    wrong: of('text/plain', 'something'),
    codes: ['contract-body'],
  },
  {
    name: 'more than 10 MB',
    contract: one('3.0.0', {
      request: { method: 'POST', path: '/a', headers: json, body: { large } },
      response: { status: 200, headers: json, body: { large } },
    }),
    right: ({ body }) => ({ headers: json, body }),
    wrong: ({ body }) => ({ headers: json, body: body.toString().replace('xx"', 'xy"') }),
    codes: ['contract-body'],
  },
]
