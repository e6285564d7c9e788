import { expect, test } from 'vitest'
import { makeProject } from '../testing/project.ts'
import { serve } from '../testing/serve.ts'
import { shop } from '../testing/shop.ts'
import { type Report, reportSchema } from './json-report.ts'

const spec = `${shop()['specs/shop.yaml'] ?? ''}  /teas:
    get:
      parameters: [{ name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 9 } }]
      responses: { '200': { description: All. }, '400': { description: Wrong. } }
`

const run = async (
  budget: string,
  isGood = true,
): Promise<{ report: Report; asked: readonly string[]; stderr: string; status: number | null }> => {
  await using project = await makeProject({ 'shop.yaml': spec })
  await using served = await serve((request, response) => {
    if (request.url?.startsWith('/teas') === true) {
      const limit = new URL(request.url, 'http://x').searchParams.get('limit') ?? '1'
      response.writeHead(/^[1-9]$/.test(limit) ? 200 : 400).end()
    } else if (request.url === '/items/1' && ['GET', 'HEAD'].includes(request.method ?? ''))
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ id: 1, name: isGood ? 'tea' : 'coffee' }))
    else response.writeHead(404).end()
  })
  const args = ['verify', 'shop.yaml', '--url', served.url, '--json', '--seed', '7']
  const { stdout, stderr, status } = await project.proofbook([...args, '--budget', budget])
  return { report: reportSchema.parse(JSON.parse(stdout)), asked: served.asked, stderr, status }
}

test('a budget of requests is kept, the examples of all operations first, and what is left out is counted', async () => {
  const { report, asked, stderr, status } = await run('14')
  expect(asked.length).toBeLessThanOrEqual(14)
  expect(asked.some((line) => line.startsWith('GET /teas'))).toBe(true)
  expect(asked.some((line) => line.startsWith('GET /items/1'))).toBe(true)
  expect(report.cases['not-asked']).toBeGreaterThan(0)
  expect(report.unresolved[0]).toMatchObject({ verdict: 'not-asked', fix: 'a larger --budget' })
  expect(stderr).toMatch(/budget\s+\d cases not asked.*: a larger --budget asks more/)
  expect(status).toBe(0)
})

test('the same seed and budget ask the same, whoever of the workers does', async () => {
  const [first, second] = [await run('60'), await run('60')]
  expect(first.asked.length).toBeGreaterThan(14)
  expect(second.asked.toSorted()).toEqual(first.asked.toSorted())
})

test('what is found within a budget is confirmed by asking as far once more', async () => {
  const { report } = await run('40', false)
  expect(report.cases.unsteady).toBeUndefined()
  expect(report.findings.map(({ code, confirmed }) => [code, confirmed])).toContainEqual([
    'body-schema',
    true,
  ])
})

test('a time that is over leaves the rest unasked, and no case green that was not asked', async () => {
  const { report, status, stderr } = await run('1ms')
  expect(report.cases['not-asked']).toBeGreaterThan(0)
  expect(report.cases.failed).toBeUndefined()
  expect(stderr).toContain('a larger --budget')
  expect([0, 2]).toContain(status)
})
