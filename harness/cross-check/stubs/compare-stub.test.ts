import { describe, expect, test } from 'vitest'
import { lineAt } from '../../contract/testing/contract-text.ts'
import { specFrom } from '../../spec/testing/document.ts'
import { readWrittenMappings } from '../../testbed/stub/mappings.ts'
import { expectShown } from '../../testing/findings-page.ts'
import { temporaryFolder } from '../../testing/temporary-folder.ts'
import { judgeStub, stubCase } from './case.ts'
import { compareStub } from './compare-stub.ts'
import { brokenStubs, soundStub, tillSpecText, type BrokenStub } from './testing/broken-stubs.ts'

const specFile = 'specs/till.yaml'

/** What is said of the first, or another, mapping of a folder with these files. */
const judged = async (files: Readonly<Record<string, string>>, index = 0) => {
  await using project = await temporaryFolder(files)
  const spec = await specFrom({ [specFile]: tillSpecText }, specFile)
  const mapping = (await readWrittenMappings(project.path, 'stubs'))[index]
  if (mapping === undefined) throw new Error('no such mapping')
  const held = { integration: 'shop', dependency: 'till', mapping, specFile }
  const testCase = stubCase(held, await compareStub(mapping, spec), spec)
  return { testCase, ...judgeStub(testCase) }
}

const judgedMapping = (mapping: unknown) =>
  judged({ 'stubs/a.json': JSON.stringify(mapping, null, 2) })

const codes = Object.keys(brokenStubs) as (keyof typeof brokenStubs)[]
const table: readonly (BrokenStub & { readonly code: string })[] = codes.flatMap((code) =>
  brokenStubs[code].map((broken) => ({ code, ...broken })),
)

test('a stub that agrees is verified, and nothing of it is left unchecked', async () => {
  const { verdict, findings, reason } = await judgedMapping(soundStub)
  expect(findings).toEqual([])
  expect({ verdict, reason }).toEqual({ verdict: 'verified', reason: undefined })
})

test.each(table)('$name yields just that finding, at both places', async (broken) => {
  const { verdict, findings } = await judgedMapping(broken.mapping)
  expect(findings.map(({ code, summary }) => [code, summary])).toEqual([
    [broken.code, broken.summary],
  ])
  const [finding] = findings
  expect(lineAt(JSON.stringify(broken.mapping, null, 2), finding?.place.line ?? 0)).toBe(
    broken.line,
  )
  const [, line] = /\(specs\/till\.yaml:(\d+):\d+\)$/.exec(finding?.expected ?? '') ?? []
  expect(lineAt(tillSpecText, Number(line))).toBe(broken.specLine)
  expect(verdict).toBe('failed')
})

test.each(codes)('%s: the page shows the first of them', async (code) => {
  const { findings } = await judgedMapping(brokenStubs[code][0].mapping)
  for (const finding of findings) expectShown(finding)
})

const { request, response } = soundStub

const answeringWith = (more: object) =>
  judgedMapping({ request, response: { ...response, ...more } })
const askedWith = (more: object) => judgedMapping({ request: { ...request, ...more }, response })

describe('what a template fills', () => {
  const transformers = ['response-template']

  test('is a text inside of a string: another type is wrong, another content nobody knows', async () => {
    const id = await answeringWith({ transformers, jsonBody: { id: '{{x}}', status: '{{y}}' } })
    expect(id.findings.map(({ summary }) => summary)).toEqual([
      '"/id" in the body of POST /charges (201) is "…" (string), and the spec says integer.',
    ])
    expect(id.reason).toBe('Not checked: parts of its body, which templates fill.')
    const note = { id: 1, status: 'accepted', note: '{{request.body}} is too long' }
    const { verdict, reason } = await answeringWith({ transformers, jsonBody: note })
    expect({ verdict, reason }).toEqual({
      verdict: 'verified',
      reason: 'Not checked: parts of its body, which templates fill.',
    })
  })

  test('is anything outside of a string', async () => {
    const body =
      '{ "id": {{randomInt}}, "status": "acc{{x}}", "note": {{{jsonPath request.body "$.a"}}} }'
    const { verdict, findings } = await answeringWith({ transformers, jsonBody: undefined, body })
    expect({ verdict, findings }).toEqual({ verdict: 'verified', findings: [] })
    const lacking = await answeringWith({
      transformers,
      jsonBody: undefined,
      body: '{ "id": {{x}} }',
    })
    expect(lacking.findings).toHaveLength(1)
  })

  test('is not known at all where blocks or names are templates', async () => {
    for (const body of ['{ {{#if x}}"id": 1{{/if}} }', '{{#each x}}1{{/each}}']) {
      const { verdict, reason } = await answeringWith({ transformers, jsonBody: undefined, body })
      expect({ verdict, reason }).toEqual({
        verdict: 'verified',
        reason: 'Not checked: its body, which templates decide.',
      })
    }
    const { reason } = await answeringWith({ transformers, jsonBody: { '{{x}}': 1 } })
    expect(reason).toBe('Not checked: its body, which templates decide.')
  })

  test('in a header leaves it there, with a value that nobody knows', async () => {
    const headers = { ...response.headers, Location: '/charges/{{randomValue length=33}}' }
    const { verdict, findings } = await answeringWith({ transformers, headers })
    expect({ verdict, findings }).toEqual({ verdict: 'verified', findings: [] })
  })

  test('is text as it stands where no transformer is named', async () => {
    const { findings } = await answeringWith({ jsonBody: { id: 1, status: '{{y}}' } })
    expect(findings).toHaveLength(1)
  })
})

describe('what is not checked is said', () => {
  test.each([
    [
      { fault: 'CONNECTION_RESET_BY_PEER' },
      'its answer, which is a fault (CONNECTION_RESET_BY_PEER)',
    ],
    [
      { proxyBaseUrl: 'http://a.example' },
      'its answer, which another system gives (http://a.example)',
    ],
    [{ transformers: ['own'] }, 'its answer, which own makes'],
    [{ status: 503 }, 'its answer 503, a failure of which the spec says nothing'],
  ])('an answer with %j', async (more, words) => {
    const { verdict, findings, reason } = await answeringWith(more)
    expect({ verdict, findings, reason }).toEqual({
      verdict: 'verified',
      findings: [],
      reason: `Not checked: ${words}.`,
    })
  })

  test.each([
    [{ bodyPatterns: [{ matchesXPath: '//a' }] }, 'the body that it asks for (matchesXPath)'],
    [
      { bodyPatterns: [{ matchesJsonPath: '$..a' }] },
      'the body that it asks for (matchesJsonPath)',
    ],
    [{ cookies: { a: { equalTo: '1' } } }, 'what it asks by cookies'],
  ])('a request with %j', async (more, words) => {
    const { verdict, reason } = await askedWith(more)
    expect({ verdict, reason }).toEqual({ verdict: 'verified', reason: `Not checked: ${words}.` })
  })

  test.each([[{ method: 'ANY' }], [{ urlPattern: '.*' }], [{ urlPathPattern: '/(' }]])(
    'a stub of which nothing can be compared is not green: %j',
    async (asked) => {
      const { verdict, reason } = await judgedMapping({ request: asked, response: { status: 404 } })
      expect(verdict).toBe('not-asked')
      expect(reason).toMatch(/^Not checked: /)
    },
  )
})

describe('no false alarm', () => {
  test.each([
    ['a path without the base path', { urlPath: '/charges' }],
    [
      'a pattern that takes an operation among others',
      { urlPath: undefined, urlPathPattern: '/v2/.*' },
    ],
    ['a pattern over the query', { urlPath: undefined, urlPattern: String.raw`/charges\?.*` }],
    ['any method, where one documents the answer', { method: 'ANY' }],
    ['a header that must not be there', { headers: { 'X-Debug': { absent: true } } }],
    ['a header that says who asks', { headers: { Authorization: { matches: 'Bearer .+' } } }],
    [
      'a part of a body',
      { bodyPatterns: [{ equalToJson: '{"card":"t"}', ignoreExtraElements: true }] },
    ],
    [
      'a placeholder',
      { bodyPatterns: [{ equalToJson: '{"card":"t","amount":"${json-unit.any-number}"}' }] },
    ],
    ['a field of a body', { bodyPatterns: [{ matchesJsonPath: '$.amount' }] }],
    ['a filter', { bodyPatterns: [{ matchesJsonPath: '$[?(@.card =~ /tok_.+/)]' }] }],
    [
      'a field and its value',
      { bodyPatterns: [{ matchesJsonPath: { expression: '$.card', equalTo: 'x' } }] },
    ],
  ])('%s', async (_, more) => {
    const { verdict, findings } = await askedWith(more)
    expect({ verdict, findings }).toEqual({ verdict: 'verified', findings: [] })
  })

  test('a path with a template', async () => {
    const { verdict, findings } = await judgedMapping({
      request: { method: 'GET', urlPathTemplate: '/charges/{chargeId}' },
      response: { status: 404 },
    })
    expect({ verdict, findings }).toEqual({ verdict: 'verified', findings: [] })
  })

  test('a pattern that asks for ids of a form', async () => {
    const { verdict, findings } = await judgedMapping({
      request: { method: 'GET', urlPathPattern: '/charges/77[0-9]{4}' },
      response: { status: 404 },
    })
    expect({ verdict, findings }).toEqual({ verdict: 'verified', findings: [] })
  })
})

describe('the place', () => {
  test('of a body in a file of its own is where the mapping names it', async () => {
    const { jsonBody: _, ...rest } = response
    const { findings } = await judged({
      'stubs/mappings/a.json': JSON.stringify(
        { request, response: { ...rest, bodyFileName: 'b' } },
        null,
        2,
      ),
      'stubs/__files/b': '{"id":"ä","status":"accepted"}',
    })
    expect(findings.map(({ place }) => [place.file, place.pointer])).toEqual([
      ['stubs/mappings/a.json', '/response/bodyFileName'],
    ])
  })

  test('of one of several mappings in a file is its own, and so is its case', async () => {
    const broken = brokenStubs['stub-differs'][2].mapping
    const { findings, testCase } = await judged(
      { 'stubs/all.json': JSON.stringify({ mappings: [soundStub, broken] }, null, 2) },
      1,
    )
    expect(findings.map(({ place }) => place.pointer)).toEqual(['/mappings/1/response/status'])
    expect(testCase).toMatchObject({
      kind: 'cross-check',
      integration: 'shop',
      group: ['stub till of shop'],
      name: 'stubs/all.json #2 agrees with specs/till.yaml',
      place: { file: 'stubs/all.json', pointer: '/mappings/1' },
    })
  })
})
