import type { RequestListener } from 'node:http'
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../json.ts'
import { planSpec } from '../plan/plan-spec.ts'
import { replayOperation } from '../replay/replay-operation.ts'
import { goodOrder, inJson, orderDocument, specFrom } from '../testing/document.ts'
import { json, tinyProvider } from '../testing/provider.ts'
import { tinyWorld } from '../testing/world.ts'
import { catalogueOf } from './catalogue.ts'
import { readMarks, writeMarks } from './marks.ts'
import { reachedBy } from './reached.ts'
import { specCoverage, type CoveringCase, type SpecCoverage } from './report.ts'

const page: JsonObject = {
  name: 'state',
  in: 'query',
  schema: { type: 'string', enum: ['open', 'paid'] },
}

const document: JsonObject = orderDocument(
  {
    '200': inJson({
      type: 'object',
      required: ['id'],
      properties: {
        id: { type: 'integer' },
        state: { enum: ['open', 'paid', 'gone'] },
        of: {
          oneOf: [
            { type: 'integer', minimum: 0 },
            { type: 'string', maxLength: 3 },
          ],
        },
        next: { $ref: '#/components/schemas/Order' },
      },
    }),
    '404': inJson({ type: 'object' }),
    '503': { description: 'Later.' },
  },
  { parameters: [...(parametersOf(orderDocument()) as JsonObject[]), page] },
)

function parametersOf(of: JsonObject): unknown {
  const paths = of['paths'] as Record<string, { get: { parameters: unknown } }>
  return paths['/orders/{id}']?.get.parameters
}

const covered = async (
  listener: RequestListener,
  more: Partial<CoveringCase> = {},
): Promise<SpecCoverage> => {
  const spec = await specFrom(document)
  const indexed = catalogueOf(spec)
  const [testCase] = planSpec(spec, { integration: 'orders', credentials: [], seed: 1 })
  if (testCase === undefined) throw new Error('nothing was planned')
  await using provider = await tinyProvider(listener)
  const seen = await replayOperation(testCase, tinyWorld(provider.url))
  const reached = writeMarks(reachedBy(testCase.detail, seen, indexed))
  const coverage = { spec: spec.file, digest: '', operation: 0, reached }
  return specCoverage(indexed.catalogue, [{ coverage, isAsked: true, ...more }])
}

const namesOf = ({ notReached }: SpecCoverage, kind: string): readonly string[] =>
  notReached.filter((one) => one.kind === kind).map(({ name }) => name)

describe('what was reached of a document', () => {
  test('is what was sent, and what came', async () => {
    const report = await covered(json(200, { ...goodOrder, state: 'open', of: 'ab' }))
    expect(report.counts).toMatchObject({
      operation: { reached: 1, total: 1 },
      status: { reached: 1, total: 3 },
      // The media type of a 404 that never came is not missed a second time.
      responseMediaType: { reached: 1, total: 1 },
      parameter: { reached: 1, total: 2 },
      enumMember: { reached: 1, total: 5 },
    })
    expect(namesOf(report, 'status')).toEqual([
      '404 of GET /orders/{id}',
      '503 of GET /orders/{id}',
    ])
    expect(namesOf(report, 'parameter')).toEqual(['query "state" of GET /orders/{id}'])
    const rules = namesOf(report, 'keyword').join('\n')
    // The other branch was not taken, and a property that did not come was not looked at.
    expect(rules).toContain('oneOf/0 of')
    expect(rules).not.toContain('oneOf/1 of')
    expect(rules).toContain('minimum of')
    expect(rules).not.toContain('maxLength of')
    expect(rules).toContain('format of /components/schemas/Order/properties/placed')
  })

  test('has a place and a reason for each part that was not', async () => {
    const { notReached } = await covered(json(200, goodOrder))
    expect(notReached.find(({ name }) => name.startsWith('503'))).toMatchObject({
      where: { file: 'spec.json', line: expect.any(Number) as number },
      why: 'no request brings a failure about; a drill of a guide can',
    })
  })

  test('an operation that only ever refused is not reached', async () => {
    const report = await covered(json(404, {}))
    expect(report.counts.operation).toEqual({ reached: 0, total: 1 })
    expect(report.counts.status.reached).toBe(1)
    expect(report.notReached[0]?.why).toContain('never answered with a documented success')
  })

  test('what was not asked says why, with the flag that helps', async () => {
    const reason = 'DELETE may change what is stored.'
    const report = await covered(json(404, {}), { isAsked: false, reason, fix: '--allow-writes' })
    expect(report.notReached[0]?.why).toBe(`${reason} (--allow-writes)`)
  })
})

test('indexes survive as text', () => {
  const indexes = [0, 3, 4, 50, 99_999]
  expect(readMarks(writeMarks([...indexes, 3]))).toEqual(indexes)
  expect(readMarks(writeMarks([]))).toEqual([])
})

test('a schema that leads to itself ends', async () => {
  const spec = await specFrom({
    ...orderDocument({ '200': inJson({ $ref: '#/components/schemas/Tree' }) }),
    components: {
      schemas: {
        Tree: {
          type: 'object',
          properties: { children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } },
        },
      },
    },
  })
  const { catalogue } = catalogueOf(spec)
  expect(catalogue.items.filter(({ kind }) => kind === 'keyword')).toHaveLength(3)
})
