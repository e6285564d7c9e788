import { expect, test } from 'vitest'
import { runNode } from '../../../testing/project.ts'
import { temporaryFolder } from '../../../testing/temporary-folder.ts'
import { corpusReport } from './report.ts'
import { specificationCase, type SpecificationCase } from './specification-case.ts'
import { tryCase } from './try-case.ts'

const of = (
  part: SpecificationCase['part'],
  match: boolean,
  expected: unknown,
  actual: unknown,
  version: SpecificationCase['version'] = '3',
): SpecificationCase =>
  specificationCase(
    `v${version}/testcases/${part}/a.json`,
    version,
    part,
    JSON.stringify({ match, comment: 'c', expected, actual }),
  )

const json = { 'Content-Type': 'application/json' }
const metaData = { contentType: 'application/json' }

test.each<[string, SpecificationCase]>([
  ['a body', of('response', true, { headers: json, body: [1] }, { headers: json, body: [1] })],
  ['another body', of('response', false, { headers: json, body: 1 }, { headers: json, body: 2 })],
  ['another status', of('response', false, { status: 202 }, { status: 400 }, '1')],
  ['a body that is null', of('response', true, { headers: json, body: null }, { headers: json })],
  [
    'a folded header',
    of('response', true, { headers: { A: 'b, c' } }, { headers: { A: 'b,\n  c' } }, '1.1'),
  ],
  ['a text', of('response', true, { body: 'a' }, { body: 'a' }, '2')],
  [
    'a message',
    of('message', true, { contents: { a: 1 }, metaData }, { contents: { a: 1 }, metaData }),
  ],
  [
    'another message',
    of('message', false, { contents: { a: 1 }, metaData }, { contents: {}, metaData }),
  ],
])('%s is judged as the case says', async (_, one) => {
  expect(await tryCase(one)).not.toHaveProperty('deviation')
  expect(await tryCase({ ...one, matches: !one.matches })).toMatchObject({ deviation: 'pact-core' })
})

test('the report counts by version and part, and names whose a deviation is', async () => {
  const right = of('response', true, { status: 200 }, { status: 200 }, '1')
  const wrong = of('message', true, { contents: 1, metaData }, { contents: 2, metaData })
  const request = of('request', true, {}, {}, '2')
  const tried = [await tryCase(right), await tryCase(wrong)]
  const { text, status } = corpusReport([right, wrong, request], tried)
  expect(status).toBe(1)
  expect(text.split('\n').map((line) => line.trim())).toEqual([
    'version  part      cases  right  ours  pact-core',
    '1        response  1      1      0     0',
    '3        message   1      0      0     1',
    'all                2      1      0     1',
    '',
    'pact-core: v3/testcases/message/a.json: failed, and the case says verified',
    expect.stringMatching(/contracts\/web-orders-api\.json:\d+:\d+ The message: expected 2/),
    'left out: 1 request cases, which judge a mock server and not a provider',
    "no cases: version 4 has none in the specification's repository",
    '',
  ])
  expect(corpusReport([right], [await tryCase(right)]).status).toBe(0)
  expect(corpusReport([request], []).status).toBe(1)
})

test('the command runs what is there, and says where nothing is', async () => {
  const main = `${import.meta.dirname}/main.ts`
  const text = JSON.stringify({ match: true, expected: { status: 200 }, actual: { status: 200 } })
  await using folder = await temporaryFolder({ 'pact/v2/testcases/response/status/a.json': text })
  const there = await runNode(folder.path, [main], { PROOFBOOK_CORPUS: folder.path })
  expect(there.output).toContain('2        response  1      1      0     0')
  expect(there.status).toBe(0)
  const absent = await runNode(folder.path, [main], { PROOFBOOK_CORPUS: 'nowhere' })
  expect(absent.stdout).toBe(
    ' not asked: there is no nowhere/pact; PROOFBOOK_CORPUS names the corpus\n',
  )
  expect(absent.status).toBe(0)
})
