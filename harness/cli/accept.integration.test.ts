import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeProject, type Project } from '../testing/project.ts'
import { reportSchema, type Report } from './json-report.ts'

/** A shop that is broken as its file of faults says. */
const server = `import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { randomUUID } from 'node:crypto'
import { json } from 'node:stream/consumers'
const port = Number(process.argv[process.argv.indexOf('--port') + 1])
const faults = JSON.parse(readFileSync('faults.json', 'utf8'))
const items = new Map()
const read = ({ size, ...item }) => ({
  ...item,
  size: faults.includes('size') ? String(size) : size,
  ...(faults.includes('name') ? { name: 7 } : {}),
})
createServer(async (request, response) => {
  const answer = (status, value, headers = {}) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(request.method === 'HEAD' ? undefined : JSON.stringify(value))
  }
  if (request.url === '/health') return response.writeHead(204).end()
  if (request.headers.authorization !== 'Bearer token-of-the-admin')
    return answer(401, {}, { 'www-authenticate': 'Bearer' })
  if (request.url === '/items') {
    if (request.method !== 'POST') return answer(405, {}, { allow: 'POST' })
    if (!/^application\\/json/.test(request.headers['content-type'] ?? '')) return answer(415, {})
    const sent = await json(request).catch(() => undefined)
    const { name, size = 1, ...rest } = Object(sent)
    const isGood = typeof name === 'string' && Number.isInteger(size) && size > 0 && Object.keys(rest).length === 0
    if (!isGood || Array.isArray(sent)) return answer(400, {})
    const item = { id: randomUUID(), name, size }
    items.set(item.id, item)
    return answer(201, item)
  }
  if (!['GET', 'HEAD'].includes(request.method)) return answer(405, {}, { allow: 'GET, HEAD' })
  const item = items.get(request.url.slice('/items/'.length))
  return item === undefined ? answer(404, {}) : answer(200, read(item))
}).listen(port, '127.0.0.1')
`

const schema = "{ $ref: '#/components/schemas/Item' }"
const spec = `openapi: 3.1.0
info: { title: Shop, version: '1' }
security: [{ bearer: [] }]
paths:
  /items:
    post:
      operationId: addItem
      requestBody:
        required: true
        content: { application/json: { schema: ${schema} } }
      responses:
        '201': { description: Made., content: { application/json: { schema: ${schema} } } }
        '4XX': { description: Refused. }
  /items/{id}:
    get:
      operationId: getItem
      parameters:
        - { name: id, in: path, required: true, schema: { type: string, format: uuid } }
      responses:
        '200': { description: It., content: { application/json: { schema: ${schema} } } }
        '4XX': { description: Refused. }
components:
  securitySchemes: { bearer: { type: http, scheme: bearer } }
  schemas:
    Item:
      type: object
      required: [name]
      additionalProperties: false
      properties:
        id: { type: string, format: uuid, readOnly: true }
        name: { type: string }
        size: { type: integer, minimum: 1 }
`

const config = `import { defineConfig } from 'proofbook'
export default defineConfig({
  integrations: {
    shop: {
      provider: {
        start: { command: ['node', 'server.js', '--port', '{port}'] },
        ready: { http: '/health' },
      },
      spec: 'specs/shop.yaml',
      credentials: { admin: { bearer: 'token-of-the-admin' } },
    },
  },
})
`

const files = {
  'server.js': server,
  'specs/shop.yaml': spec,
  'proofbook.config.ts': config,
  'faults.json': '["size"]',
}

const file = 'proofbook.baseline.json'
const because = 'clients are told, SHOP-7'

const broken = (project: Project, ...faults: readonly string[]): Promise<void> =>
  writeFile(join(project.path, 'faults.json'), JSON.stringify(faults))

const verified = async (
  project: Project,
  ...args: readonly string[]
): Promise<{ readonly report: Report; readonly status: number | null; readonly said: string }> => {
  const { stdout, stderr, status } = await project.proofbook([
    'verify',
    '-t',
    'getItem',
    '--json',
    ...args,
  ])
  return { report: reportSchema.parse(JSON.parse(stdout)), status, said: stderr }
}

const ofSchema = ({ findings }: Report): Report['findings'] =>
  findings.filter(({ code }) => code === 'body-schema')

describe('a known finding', () => {
  test('is accepted, excuses itself and nothing else, is fixed or expires', async () => {
    await using project = await makeProject(files)

    const red = await verified(project)
    expect(red.status).toBe(1)
    const [found] = ofSchema(red.report)
    expect(found?.smallest).toBe(true)
    expect(found?.before).toEqual([expect.stringMatching(/^ITEMS_ID=\$\(curl -s -X POST .*jq/)])
    expect(found?.curl).toMatch(/\/items\/'"\$ITEMS_ID"$/)
    expect(red.said).toMatch(/findings {2}\d+, of \d+ cause/)

    const accepted = await project.proofbook([
      'accept',
      '--because',
      because,
      '--until',
      '2099-12-31',
    ])
    expect(accepted.output).toContain('known until 2099-12-31, in proofbook.baseline.json')
    const kept = await readFile(join(project.path, file), 'utf8')
    expect(kept).toContain('"credentials": [')
    expect(kept).not.toContain('token-of-the-admin')

    const known = await verified(project, '--baseline', file)
    expect(known.report.findings.map((one) => one.known?.because)).toEqual(
      known.report.findings.map(() => because),
    )
    expect(ofSchema(known.report)).toHaveLength(1)
    expect(known.report.cases.failed).toBeGreaterThan(0)
    expect(known.said).toContain(because)
    expect(known.said).toContain('of them known, and so not red')
    expect(known.status).toBe(0)

    await broken(project, 'size', 'name')
    const worse = await verified(project, '--baseline', file)
    expect(worse.status).toBe(1)
    expect(ofSchema(worse.report).map((one) => [one.where.pointer, one.known?.until])).toEqual([
      ['/components/schemas/Item/properties/name/type', undefined],
      ['/components/schemas/Item/properties/size/type', '2099-12-31'],
    ])

    await broken(project)
    const mended = await verified(project, '--baseline', file)
    expect(mended.status).toBe(0)
    expect(mended.report.findings).toEqual([])
    expect(mended.report.fixed).toContainEqual({
      code: 'body-schema',
      subject: 'GET /items/{id}',
      pointer: '/components/schemas/Item/properties/size/type',
    })
    expect(mended.said).toContain('npx proofbook accept --prune')

    await broken(project, 'size')
    const over = kept.replaceAll('2099-12-31', '2020-01-01')
    await writeFile(join(project.path, file), over)
    const expired = await verified(project, '--baseline', file)
    expect(expired.status).toBe(1)
    expect(ofSchema(expired.report)[0]?.known).toBeUndefined()
    expect(expired.said).toContain('That day is over.')

    await broken(project)
    await verified(project, '--baseline', file)
    const pruned = await project.proofbook(['accept', '--prune'])
    expect(pruned.output).toContain('0 known in proofbook.baseline.json')
    expect(JSON.parse(await readFile(join(project.path, file), 'utf8'))).toEqual({
      schemaVersion: 1,
      findings: [],
    })
  }, 240_000)
})

describe('what is wrong with it', () => {
  test.each([
    [[], 'nothing says why the findings are accepted'],
    [['--because', 'x'], 'nothing says until when'],
    [['--because', 'x', '--until', '2026-02-30'], '--until 2026-02-30 is no day'],
    [['--because', 'x', '--until', '2020-01-01'], '--until 2020-01-01 is over already'],
    [['--because', 'x', '--until', '2099-01-01'], 'there are no findings of a run'],
    [['--prune'], 'there are no findings of a run'],
  ])('accept %j: %s', async (args, message) => {
    await using project = await makeProject(files)
    const { output, status } = await project.proofbook(['accept', ...args])
    expect(output).toContain(message)
    expect(status).toBe(1)
  })

  test.each([
    [undefined, 'there is no such baseline'],
    ['{', 'this is no JSON'],
    ['{"schemaVersion":1,"findings":[{"code":7}]}', 'findings.0.code'],
  ])('a baseline %j: %s', async (content, message) => {
    await using project = await makeProject(
      content === undefined ? files : { ...files, [file]: content },
    )
    const { output, status } = await project.proofbook(['verify', '--baseline', file])
    expect(output).toContain(message)
    expect(output).not.toMatch(/^\s+at /m)
    expect(status).toBe(1)
  })
})
