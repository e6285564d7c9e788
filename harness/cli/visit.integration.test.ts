import { readFile } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeProject } from '../testing/project.ts'
import { serve } from '../testing/serve.ts'
import { type Report, reportSchema } from './json-report.ts'

const document = (isDeletable = true): string =>
  JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Notes', version: '1' },
    paths: {
      '/notes': {
        get: {
          parameters: [
            { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 5 } },
            { name: 'text', in: 'query', schema: { type: 'string' } },
          ],
          responses: { '200': notes, '400': { description: 'No.' }, '401': challenged },
          security: [{ bearer: [] }],
        },
        post: {
          requestBody: { required: true, content: { 'application/json': { schema: input } } },
          responses: { '201': note, '400': { description: 'No.' } },
        },
      },
      '/notes/{id}': {
        get: { parameters: [id], responses: { '200': note, '404': { description: 'None.' } } },
        put: {
          parameters: [id],
          requestBody: { required: true, content: { 'application/json': { schema: input } } },
          responses: {
            '200': note,
            '400': { description: 'No.' },
            '404': { description: 'None.' },
          },
        },
        ...(isDeletable
          ? {
              delete: {
                parameters: [id],
                responses: { '204': { description: 'Gone.' }, '404': { description: 'None.' } },
              },
            }
          : {}),
      },
    },
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
  })

const input = {
  type: 'object',
  required: ['text'],
  properties: { text: { type: 'string', minLength: 1, maxLength: 20 } },
}
const noteSchema = {
  type: 'object',
  required: ['id', 'text'],
  properties: { id: { type: 'string' }, text: { type: 'string' } },
}
const inJson = (schema: unknown) => ({
  description: 'An answer.',
  content: { 'application/json': { schema } },
})
const note = inJson(noteSchema)
const notes = inJson({ type: 'array', items: noteSchema })
const challenged = {
  description: 'Who is it?',
  headers: { 'WWW-Authenticate': { schema: { type: 'string' } } },
}
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' }, example: 'first' }

interface Notes {
  readonly listener: RequestListener
  readonly stored: Map<string, string>
  readonly methods: () => ReadonlySet<string>
  /** Milliseconds since the process began, for each request. */
  readonly times: readonly number[]
}

const json = (value: unknown): string => JSON.stringify(value)

/** A system that keeps notes, and counts what it gets. */
const openNotes = (answerOf?: (count: number) => number | undefined): Notes => {
  const stored = new Map([['first', 'a note that was there before']])
  const methods = new Set<string>()
  const times: number[] = []
  let last = 0
  const listener: RequestListener = (request, response) => {
    const { method = '', url = '', headers } = request
    methods.add(method)
    times.push(performance.now())
    const forced = answerOf?.(times.length)
    const type = { 'content-type': 'application/json' }
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      if (forced !== undefined) return response.writeHead(forced).end()
      const { pathname, searchParams } = new URL(url, 'http://x')
      const name = decodeURIComponent(pathname.split('/')[2] ?? '')
      const shown = (key: string) => ({ id: key, text: stored.get(key) })
      if (pathname === '/notes' && (method === 'GET' || method === 'HEAD')) {
        if (headers.authorization !== 'Bearer right')
          return response.writeHead(401, { 'www-authenticate': 'Bearer' }).end()
        const limit = searchParams.get('limit') ?? '5'
        if (!/^[1-5]$/.test(limit)) return response.writeHead(400).end()
        const wanted = searchParams.get('text')
        const all = [...stored.keys()].map(shown).filter(({ text }) => text === (wanted ?? text))
        return response.writeHead(200, type).end(json(all.slice(0, Number(limit))))
      }
      if (!stored.has(name) && pathname !== '/notes') return response.writeHead(404).end()
      if (method === 'DELETE' && stored.delete(name)) return response.writeHead(204).end()
      if (method === 'GET' || method === 'HEAD')
        return response.writeHead(200, type).end(json(shown(name)))
      if (!['POST', 'PUT'].includes(method)) return response.writeHead(405).end()
      let text: unknown
      try {
        text = (JSON.parse(Buffer.concat(parts).toString()) as { text?: unknown }).text
      } catch {}
      if (typeof text !== 'string' || text.length < 1 || Array.from(text).length > 20)
        return response.writeHead(400).end()
      last += 1
      const key = method === 'POST' ? `made-${last}` : name
      stored.set(key, text)
      const location = { location: `/notes/${key}` }
      return method === 'POST'
        ? response.writeHead(201, { ...type, ...location }).end(json(shown(key)))
        : response.writeHead(200, type).end(json(shown(key)))
    })
  }
  return { listener, stored, times, methods: () => methods }
}

interface Visited {
  readonly report: Report
  readonly status: number | null
  readonly stderr: string
}

const visited = async (
  { listener }: Pick<Notes, 'listener'>,
  args: readonly string[] = [],
  spec = document(),
): Promise<Visited> => {
  await using project = await makeProject({ 'notes.json': spec })
  await using served = await serve(listener)
  const credential = ['--credential', 'one=Authorization: Bearer right']
  const command = ['verify', 'notes.json', '--url', served.url, '--json', ...credential, ...args]
  const { stdout, stderr, status } = await project.proofbook(command)
  return { report: reportSchema.parse(JSON.parse(stdout)), status, stderr }
}

describe('a system that is not ours', () => {
  test('is only read, by every technique, and that is green', async () => {
    const system = openNotes()
    const { report, status } = await visited(system)
    expect(
      [...system.methods()].filter((one) => !['GET', 'HEAD', 'OPTIONS'].includes(one)),
    ).toEqual([])
    expect([...system.stored.keys()]).toEqual(['first'])
    expect(report.findings).toEqual([])
    expect(report).toMatchObject({ verdict: 'verified', leftBehind: [] })
    expect(report.cases).toEqual({ verified: expect.any(Number) as number, 'not-asked': 3 })
    expect(status).toBe(0)
    // Boundaries, negatives, credentials and lists were all there.
    expect(system.times.length).toBeGreaterThan(40)
  })

  test('is left as it was found where writes are allowed', async () => {
    const system = openNotes()
    const { report } = await visited(system, ['--allow-writes', '--exclude', 'PUT *'])
    expect(system.methods()).toContain('POST')
    expect(report.leftBehind).toEqual([])
    expect([...system.stored.keys()].filter((key) => key.startsWith('made-'))).toEqual([])
  })

  test('where nothing takes away what was made, each thing is listed with its address', async () => {
    const system = openNotes()
    const args = ['--allow-writes', '--include', 'POST /notes']
    const { report, stderr } = await visited(system, args, document(false))
    const made = [...system.stored.keys()].filter((key) => key.startsWith('made-'))
    expect(made.length).toBeGreaterThan(0)
    expect(report.leftBehind).toHaveLength(made.length)
    expect(report.leftBehind[0]).toMatchObject({
      by: 'POST /notes',
      address: expect.stringMatching(/^http:.*\/notes\/made-\d+$/) as string,
      why: 'the document has no DELETE for it',
    })
    expect(stderr).toMatch(/left behind\s+\d+ things that this run has made/)
  })

  test('is asked no faster than it may be, by all workers together', async () => {
    const system = openNotes()
    await visited(system, ['--rate', '20/s', '--budget', '60'])
    const gaps = system.times.slice(1).map((time, index) => time - (system.times[index] ?? 0))
    expect(system.times.length).toBeGreaterThan(4)
    // The mean, since one late packet makes the next gap short.
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
    expect(mean).toBeGreaterThan(45)
  })

  test('that goes away in the middle is one line, and no finding', async () => {
    const system = openNotes((count) => (count > 15 ? 503 : undefined))
    const { report, status, stderr } = await visited(system)
    expect(report.findings).toEqual([])
    expect(report.environment).toMatch(/is gone: answered 503, also to 3 probes \(GET http/)
    expect(stderr.match(/^ environment {2}/gm)).toHaveLength(1)
    expect(report.cases.failed).toBeUndefined()
    expect(status).toBe(1)
    // Nobody goes on asking.
    expect(system.times.length).toBeLessThan(60)
  })

  test('that fails at one thing only is not gone', async () => {
    const system = openNotes()
    const listener: RequestListener = (request, response) => {
      if (request.url === '/notes/first') response.writeHead(503).end()
      else system.listener(request, response)
    }
    const { report } = await visited({ listener }, ['--budget', '20'])
    expect(report.environment).toBeUndefined()
    expect(report.findings.length).toBeGreaterThan(0)
  })

  test('a fault is believed when it was seen three times, and not before', async () => {
    let seen = 0
    const system = openNotes()
    const listener: RequestListener = (request, response) => {
      const isIt = request.url === '/notes/first' && request.method === 'GET'
      if (isIt) seen += 1
      if (isIt && seen <= 2) response.writeHead(500).end()
      else system.listener(request, response)
    }
    const args = ['--include', 'GET /notes/{id}', '-t', 'examples']
    const { report } = await visited({ listener }, args)
    expect(report.cases).toMatchObject({ unsteady: 1 })
    expect(seen).toBe(3)
  })
})

test('what is left behind stands in a file, too', async () => {
  await using project = await makeProject({ 'notes.json': document(false) })
  const system = openNotes()
  await using served = await serve(system.listener)
  const args = [
    'verify',
    'notes.json',
    '--url',
    served.url,
    '--allow-writes',
    '--include',
    'POST *',
  ]
  await project.proofbook(args)
  const text = await readFile(join(project.path, '.proofbook/left-behind.json'), 'utf8')
  expect(text).toContain('/notes/made-1')
})
