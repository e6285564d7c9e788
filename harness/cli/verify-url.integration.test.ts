import type { RequestListener } from 'node:http'
import { describe, expect, test } from 'vitest'
import { makeProject } from '../testing/project.ts'
import { serve } from '../testing/serve.ts'
import { shop, shopContract } from '../testing/shop.ts'
import { type Report, reportSchema } from './json-report.ts'

const item =
  (name: string): RequestListener =>
  (request, response) => {
    if (request.url !== '/items/1') return response.writeHead(404).end()
    if (!['GET', 'DELETE'].includes(request.method ?? ''))
      return response.writeHead(405, { allow: 'GET, DELETE' }).end()
    return response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ id: 1, name }))
  }

/** A folder without any configuration: neither Proofbook's nor Vitest's. */
const bare = (spec = shop()['specs/shop.yaml'] ?? ''): Record<string, string> => ({
  'shop.yaml': spec,
  'web-shop.json': shopContract({
    interactions: [
      {
        description: 'a request for item 1',
        request: { method: 'GET', path: '/items/1' },
        response: { status: 200, body: { name: 'tea' } },
      },
    ],
  }),
})

const withWrite = `${shop()['specs/shop.yaml'] ?? ''}    delete:
      operationId: deleteItem
      parameters:
        - { name: id, in: path, required: true, schema: { type: integer }, example: 1 }
      responses:
        '404': { description: There is no such item. }
        '200': { description: Gone. }
`

const verified = async (
  files: Record<string, string>,
  listener: RequestListener,
  args: readonly string[],
): Promise<{ report: Report; status: number | null; stderr: string; asked: readonly string[] }> => {
  await using project = await makeProject(files)
  await using served = await serve(listener)
  const { stdout, stderr, status } = await project.proofbook([
    'verify',
    ...args,
    '--url',
    served.url,
    '--json',
  ])
  return { report: reportSchema.parse(JSON.parse(stdout)), status, stderr, asked: served.asked }
}

describe('verify FILE --url URL --json', () => {
  test('prints one object and nothing else, without any config', async () => {
    const { report, status, stderr } = await verified(bare(), item('tea'), ['shop.yaml'])
    expect(report).toMatchObject({ verdict: 'verified', cases: { verified: 4 }, findings: [] })
    expect(report.requests).toBeGreaterThan(0)
    expect(stderr).toContain('GET /items/{id}')
    expect(status).toBe(0)
  })

  test('reports what is wrong with its place and a curl line against that very address', async () => {
    const { report, status } = await verified(bare(), item('coffee'), ['shop.yaml'])
    expect(report).toMatchObject({
      verdict: 'failed',
      findings: [
        {
          code: 'body-schema',
          subjects: ['GET /items/{id}'],
          cases: ['examples', 'boundaries', 'negatives', 'sequences'].map((technique) => ({
            name: `GET /items/{id} getItem › ${technique}`,
          })),
          where: { file: 'shop.yaml', line: 19 },
          confirmed: true,
          curl: expect.stringMatching(/^curl -i .*http:\/\/127\.0\.0\.1:\d+\/items\/1'$/) as string,
        },
      ],
    })
    expect(status).toBe(1)
  })

  test.each([
    ['tea', 0],
    ['coffee', 1],
  ])('replays a contract against a provider that sells %s', async (name, expected) => {
    const { status, report } = await verified(bare(), item(name), ['web-shop.json'])
    expect(status).toBe(expected)
    expect(report.cases).toEqual(expected === 0 ? { verified: 1 } : { failed: 1 })
  })

  test('asks only what is safe unless writes are allowed, and says with which flag', async () => {
    const { report, asked } = await verified(bare(withWrite), item('tea'), ['shop.yaml'])
    expect(asked.filter((line) => !/^(GET|HEAD|OPTIONS) /.test(line))).toEqual([])
    expect(report.cases).toEqual({ verified: 4, 'not-asked': 1 })
    expect(report.unresolved[0]?.fix).toContain('--allow-writes')
  })

  test('asks writes too with --allow-writes', async () => {
    const { asked } = await verified(bare(withWrite), item('tea'), ['shop.yaml', '--allow-writes'])
    expect(asked).toContain('DELETE /items/1')
  })

  test('an address where nobody listens is red in words', async () => {
    await using project = await makeProject(bare())
    const { stdout, status } = await project.proofbook([
      'verify',
      'shop.yaml',
      '--json',
      '--url',
      'http://127.0.0.1:9',
    ])
    const report = reportSchema.parse(JSON.parse(stdout))
    expect(report.environment).toMatch(/is gone: connection refused, also to 3 probes/)
    expect(report.findings).toEqual([])
    expect(status).toBe(1)
  })

  test('a file that is not there is an object too', async () => {
    await using project = await makeProject({})
    const { stdout, status } = await project.proofbook([
      'verify',
      'none.yaml',
      '--json',
      '--url',
      'http://127.0.0.1:9',
    ])
    expect(reportSchema.parse(JSON.parse(stdout)).error).toContain(
      'none.yaml: there is no such file',
    )
    expect(status).toBe(1)
  })

  test('secrets of --credential reach the provider and no output', async () => {
    const secured = (shop()['specs/shop.yaml'] ?? '')
      .replace('paths:', 'security: [{ bearer: [] }]\npaths:')
      .concat('components:\n  securitySchemes:\n    bearer: { type: http, scheme: bearer }\n')
    const seen: (string | undefined)[] = []
    await using project = await makeProject(bare(secured))
    await using served = await serve((request, response) => {
      seen.push(request.headers.authorization)
      item('coffee')(request, response)
    })
    const { stdout, stderr } = await project.proofbook([
      'verify',
      'shop.yaml',
      '--json',
      '--url',
      served.url,
      '--credential',
      'admin=Authorization: Bearer quite-secret',
    ])
    expect(seen).toContain('Bearer quite-secret')
    expect(stdout + stderr).not.toContain('quite-secret')
    expect(stdout).toContain('Bearer ***')
  })
})
