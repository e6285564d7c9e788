import { createHmac, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { makeProject } from '../testing/project.ts'
import { serve } from '../testing/serve.ts'

const json = (schema: object) => ({ content: { 'application/json': { schema } } })
const note = {
  type: 'object',
  required: ['text'],
  properties: { text: { type: 'string', minLength: 1, maxLength: 20 } },
}
const notes = JSON.stringify({
  openapi: '3.1.0',
  info: { title: 'Notes', version: '1' },
  security: [{ signed: [] }],
  paths: {
    '/notes': {
      get: {
        parameters: [
          { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 5 } },
        ],
        responses: {
          '200': { description: 'All.', ...json({ type: 'array', items: note }) },
          '400': { description: 'No.' },
          '401': { description: 'Who?' },
        },
      },
      post: {
        requestBody: { required: true, ...json(note) },
        responses: {
          '200': { description: 'Checked.', ...json(note) },
          '400': { description: 'No.' },
          '401': { description: 'Who?' },
        },
      },
    },
  },
  components: { securitySchemes: { signed: { type: 'apiKey', in: 'header', name: 'X-Signed' } } },
})

const answered = (url: string, method: string, body: string): readonly [number, unknown] => {
  if (method === 'GET') {
    const limit = new URL(url, 'http://h').searchParams.get('limit')
    return limit === null || /^[1-5]$/.test(limit) ? [200, [{ text: 'tea' }]] : [400, {}]
  }
  try {
    const given = JSON.parse(body) as { text?: unknown } | null
    const { length } = typeof given?.text === 'string' ? Array.from(given.text) : ''
    return length >= 1 && length <= 20 ? [200, given] : [400, {}]
  } catch {
    return [400, {}]
  }
}

/** Notes for whom `lets` in. */
const notesFor =
  (lets: (request: Parameters<RequestListener>[0], body: string) => boolean): RequestListener =>
  (request, response) => {
    void text(request).then((body) => {
      const { url = '', method = '' } = request
      if (url.split('?')[0] !== '/notes') return response.writeHead(404).end()
      if (method !== 'GET' && method !== 'POST')
        return response.writeHead(405, { allow: 'GET, POST' }).end()
      if (!lets(request, body)) return response.writeHead(401).end()
      const isJson = request.headers['content-type']?.startsWith('application/json') === true
      const [status, given] = method === 'POST' && !isJson ? [400, {}] : answered(url, method, body)
      return response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(JSON.stringify(given))
    })
  }

interface Seen {
  readonly testCase: { readonly name: string }
  readonly verdict: string
  readonly reason?: string
}

const ran = async (listener: RequestListener, sign: string, more: readonly string[] = []) => {
  await using project = await makeProject({ 'notes.json': notes, 'sign.ts': sign })
  await using served = await serve(listener)
  const { stdout, stderr } = await project.proofbook([
    'verify',
    'notes.json',
    '--url',
    served.url,
    '--json',
    '--allow-writes',
    '--before-request',
    './sign.ts',
    ...more,
  ])
  const folder = join(project.path, '.proofbook/evidence')
  const evidence = await Promise.all(
    (await readdir(folder).catch(() => [])).map((name) => readFile(join(folder, name), 'utf8')),
  )
  const verdicts = evidence.map((text) => {
    const one = JSON.parse(text) as Seen
    return `${one.testCase.name}: ${one.verdict} ${one.reason ?? ''}`
  })
  return { verdicts, stdout, stderr, evidence: evidence.join('\n') }
}

const key = 'k3y-of-the-client'
const hmac = `import { createHmac } from 'node:crypto'
export default ({ method, url, body }, { credential }) => {
  const { pathname, search } = new URL(url)
  const [{ value }] = credential.fields
  const sum = createHmac('sha256', value).update(method + pathname + search).update(body ?? '').digest('hex')
  return { 'X-Signature': sum }
}`

const isSigned = (request: Parameters<RequestListener>[0], body: string): boolean =>
  request.headers['x-signed'] === key &&
  request.headers['x-signature'] ===
    createHmac('sha256', key).update(`${request.method}${request.url}${body}`).digest('hex')

const credential = ['--credential', `client=X-Signed: ${key}`]

test('each request is signed over its method, path and body, and strangers are not', async () => {
  const { verdicts, evidence, stdout } = await ran(notesFor(isSigned), hmac, credential)
  expect(verdicts).not.toEqual([])
  expect(verdicts.filter((one) => !one.includes(': verified'))).toEqual([])
  expect(verdicts.some((one) => one.includes('credentials'))).toBe(true)
  expect(evidence).toContain('header X-Signature by sign.ts')
  expect(evidence).not.toMatch(/[0-9a-f]{64}/)
  expect(`${evidence}${stdout}`).not.toContain(key)
})

test('without the signature nothing is reached', async () => {
  const { verdicts } = await ran(notesFor(isSigned), 'export default () => undefined', credential)
  expect(verdicts.filter((one) => one.includes('examples'))).toEqual([
    expect.stringContaining('failed'),
    expect.stringContaining('failed'),
  ])
})

test('a credential that lives for a second is refreshed, and masked', async () => {
  const tokens = new Map<string, number>()
  const listener = notesFor((request) => {
    const until = tokens.get(request.headers['x-signed']?.toString() ?? '')
    return until !== undefined && Date.now() < until
  })
  const withTokens: RequestListener = (request, response) => {
    if (request.url !== '/token') return listener(request, response)
    if (request.headers['x-signed'] !== key) return response.writeHead(401).end()
    const token = `token-${randomUUID()}`
    tokens.set(token, Date.now() + 1000)
    return response.end(token)
  }
  const sign = `let kept
export default async (request, { credential, url }) => {
  if (kept === undefined || Date.now() > kept.until - 600) {
    const [{ name, value }] = credential.fields
    const answer = await fetch(url + '/token', { headers: { [name]: value } })
    kept = { until: Date.now() + 1000, token: await answer.text() }
  }
  return { ...request, headers: { ...request.headers, 'X-Signed': kept.token } }
}`
  const { verdicts, evidence, stdout } = await ran(withTokens, sign, credential)
  expect(verdicts).not.toEqual([])
  expect(verdicts.filter((one) => !one.includes(': verified'))).toEqual([])
  expect(tokens.size).toBeGreaterThan(1)
  expect(evidence).toContain('header X-Signed by sign.ts')
  expect(`${evidence}${stdout}`).not.toMatch(/token-[0-9a-f]/)
})

test('a module without a function says what is expected', async () => {
  const { stderr } = await ran(notesFor(isSigned), 'export const sign = 1', credential)
  expect(stderr).toContain('no default export that is a function')
})
