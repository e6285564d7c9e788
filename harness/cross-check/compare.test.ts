import { describe, expect, test } from 'vitest'
import { readContract } from '../contract/read/read.ts'
import { contractText, lineAt } from '../contract/testing/contract-text.ts'
import { expectShown } from '../testing/findings-page.ts'
import { crossCheckCase, judgeCrossCheck } from './case.ts'
import { compare } from './compare.ts'
import {
  brokenInteractions,
  soundInteraction,
  type BrokenInteraction,
} from './testing/disagreements.ts'
import { shopSpec, shopSpecText } from './testing/shop-spec.ts'

const file = 'contracts/web-shop.json'

const judged = async (text: string, specText: string = shopSpecText) => {
  const contract = readContract(file, text)
  const comparison = await compare(contract, await shopSpec(specText))
  const testCase = crossCheckCase(contract, 'shop', 'specs/shop.yaml', comparison)
  return { testCase, ...judgeCrossCheck(testCase) }
}

const wrappedSide = (value: unknown) => {
  const { body, ...more } = value as { readonly body?: unknown }
  return body === undefined
    ? more
    : { ...more, body: { content: body, contentType: 'application/json', encoded: false } }
}

/** The same interaction as version 4 writes it. */
const wrapped = ({ request, response, ...rest }: Readonly<Record<string, unknown>>) => ({
  ...rest,
  type: 'Synchronous/HTTP',
  request: wrappedSide(request),
  response: wrappedSide(response),
})

const codes = Object.keys(brokenInteractions) as (keyof typeof brokenInteractions)[]
const table: readonly (BrokenInteraction & { readonly code: string })[] = codes.flatMap((code) =>
  brokenInteractions[code].map((broken) => ({ code, ...broken })),
)

describe.each(['1.0.0', '2.0.0', '3.0.0', '4.0'])('a contract of version %s', (version) => {
  const textOf = (interaction: Readonly<Record<string, unknown>>): string =>
    contractText(version, [version === '4.0' ? wrapped(interaction) : interaction])

  test('that agrees is verified', async () => {
    const { verdict, findings, reason } = await judged(textOf(soundInteraction))
    expect(findings).toEqual([])
    expect({ verdict, reason }).toEqual({ verdict: 'verified', reason: undefined })
  })

  test.each(table)('with $name yields just that finding, at both places', async (broken) => {
    const text = textOf(broken.interaction)
    const { verdict, findings } = await judged(text)
    expect(findings.map(({ code, summary }) => [code, summary])).toEqual([
      [broken.code, broken.summary],
    ])
    const [finding] = findings
    expect(lineAt(text, finding?.place.line ?? 0)).toBe(broken.line)
    const [, words, line] =
      /^(.*) \(specs\/shop\.yaml:(\d+):\d+\)$/.exec(finding?.expected ?? '') ?? []
    expect(words).toBe(broken.expected)
    expect(lineAt(shopSpecText, Number(line))).toBe(broken.specLine)
    expect(verdict).toBe('failed')
  })
})

test.each(codes)('%s: the page shows the first of them', async (code) => {
  const [{ interaction }] = brokenInteractions[code]
  const { findings } = await judged(contractText('3.0.0', [interaction]))
  expect(findings).toHaveLength(1)
  for (const finding of findings) expectShown(finding)
})

test('the case is one for the contract, and its id survives edits', async () => {
  const { testCase } = await judged(contractText('3.0.0', [soundInteraction]))
  expect(testCase).toMatchObject({
    kind: 'cross-check',
    integration: 'shop',
    group: ['web to orders-api'],
    name: 'agrees with specs/shop.yaml',
    place: { file, line: 1 },
  })
  const other = await judged(contractText('4.0', [wrapped(soundInteraction)]))
  expect(other.testCase.id).toBe(testCase.id)
})

test('a contract without the base path of the server is compared as well', async () => {
  const { request, ...rest } = soundInteraction
  const interaction = { ...rest, request: { ...request, path: '/items/1' } }
  expect((await judged(contractText('3.0.0', [interaction]))).findings).toEqual([])
  const broken = { ...interaction, response: { status: 418 } }
  expect((await judged(contractText('3.0.0', [broken]))).findings).toHaveLength(1)
})

const answeringId = (id: unknown): string =>
  contractText('2', [{ ...soundInteraction, response: { status: 200, body: { id } } }])

test('a document of version 2 is compared in the words of 3.1, at its own lines', async () => {
  const swagger = `swagger: '2.0'
info: { title: Shop, version: '1' }
basePath: /v1
paths:
  /items/{id}:
    get:
      produces: [application/json]
      parameters: [{ name: id, in: path, required: true, type: string }]
      responses:
        '200':
          description: One.
          schema:
            type: object
            properties:
              id: { type: integer }
`
  expect((await judged(answeringId(1), swagger)).findings).toEqual([])
  const { findings } = await judged(answeringId('x'), swagger)
  expect(findings.map(({ expected }) => expected)).toEqual(['integer (specs/shop.yaml:15:15)'])
})

test('what can not be compared is said, and is not red', async () => {
  const { verdict, reason } = await judged(
    contractText('4.0', [
      wrapped(soundInteraction),
      { type: 'Asynchronous/Messages', description: 'placed' },
      { ...wrapped(soundInteraction), description: 'p', pluginConfiguration: { csv: {} } },
      {
        ...wrapped(soundInteraction),
        description: 'a text',
        request: {
          ...soundInteraction.request,
          headers: { ...soundInteraction.request.headers, Accept: 'text/plain' },
        },
        response: {
          status: 200,
          body: { content: 'tea', contentType: 'text/plain', encoded: false },
        },
      },
      {
        ...wrapped(soundInteraction),
        description: 'odd',
        response: { status: 200, headers: [] },
      },
    ]),
  )
  expect(reason?.split('\n')).toEqual([
    'Not checked: "placed", a message.',
    'Not checked: "p", which needs the plugin csv.',
    `Not checked: "a text", response body: Body with content type 'text/plain' is not supported by the spec comparator.`,
    'Not checked: "odd", which the comparator cannot read (Malformed Pact file).',
  ])
  expect(verdict).toBe('verified')
})

test('a contract of which nothing could be compared is not verified', async () => {
  const { verdict, reason } = await judged(
    contractText('4.0', [
      { type: 'Asynchronous/Messages', description: 'placed' },
      { ...wrapped(soundInteraction), description: 'p', pluginConfiguration: { csv: {} } },
    ]),
  )
  expect(verdict).toBe('blocked')
  expect(reason?.split('\n')).toEqual([
    'Nothing of the contract could be compared.',
    'Not checked: "placed", a message.',
    'Not checked: "p", which needs the plugin csv.',
  ])
})

test('many rules that one place breaks are one finding', async () => {
  const { findings } = await judged(
    contractText('3.0.0', [
      { ...soundInteraction, response: { status: 200, body: { size: 'big' } } },
    ]),
  )
  expect(findings).toHaveLength(1)
  expect(findings[0]?.expected).toMatch(/^one of the 2 schemas of oneOf \(/)
})
