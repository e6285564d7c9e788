import { expect, test } from 'vitest'
import { readContract } from '../contract/read/read.ts'
import { contractText } from '../contract/testing/contract-text.ts'
import { fieldsOf } from './schema-fields.ts'
import { soundInteraction } from './testing/disagreements.ts'
import { shopSpec } from './testing/shop-spec.ts'
import { unusedOf, type UnusedPart } from './unused.ts'

const spec = await shopSpec()

const of = (...interactions: readonly unknown[]) =>
  unusedOf(spec, [readContract('contracts/web.json', contractText('3.0.0', interactions))])

const shown = (parts: readonly UnusedPart[]) =>
  parts.map(({ operation, part }) => `${operation} ${part}`.trim())

test('what no interaction asks for, expects or names is unused', () => {
  const unused = of(soundInteraction)
  expect(shown(unused.operations)).toEqual(['GET /items', 'POST /items', 'GET /items/special'])
  expect(shown(unused.statuses)).toEqual(['GET /items/{id} 404'])
  expect(shown(unused.fields)).toEqual(['GET /items/{id} 200 status'])
  expect([unused.used, unused.total]).toEqual([1, 4])
})

test('contracts count together, and an answer without a body names nothing', () => {
  const list = {
    description: 'all',
    request: { method: 'GET', path: '/v1/items' },
    response: { status: 200 },
  }
  const gone = { ...soundInteraction, response: { status: 404 } }
  const unused = of(soundInteraction, gone, list)
  expect(shown(unused.statuses)).toEqual([])
  expect(shown(unused.fields).filter((part) => part.startsWith('GET /items 200'))).toEqual([
    'GET /items 200 [].id',
    'GET /items 200 [].name',
    'GET /items 200 [].status',
    'GET /items 200 [].parts',
    'GET /items 200 [].size',
  ])
})

test('an interaction that the spec does not know is listed, a message is not', () => {
  const unknown = { ...soundInteraction, request: { method: 'GET', path: '/nowhere' } }
  const text = contractText('3.0.0', [unknown], { messages: [{ description: 'm' }] })
  const unused = unusedOf(spec, [readContract('contracts/web.json', text)])
  expect(unused.unknown.map(({ consumer, interaction }) => [consumer, interaction.path])).toEqual([
    ['web', '/nowhere'],
  ])
  expect(unused.used).toBe(0)
})

test('a wrapped body names its fields, too', () => {
  const wrapped = {
    ...soundInteraction,
    type: 'Synchronous/HTTP',
    response: {
      status: 200,
      body: { content: { status: 'new' }, contentType: 'application/json', encoded: false },
    },
  }
  const contract = readContract('contracts/web.json', contractText('4.0', [wrapped]))
  expect(shown(unusedOf(spec, [contract]).fields)).not.toContain('GET /items/{id} 200 status')
})

test('the fields of a schema that holds itself end', () => {
  const paths = fieldsOf(spec.document, '/components/schemas/Item').map(({ path }) => path)
  expect(paths).toEqual(['id', 'name', 'status', 'parts', 'size', 'size.a.b'])
})
