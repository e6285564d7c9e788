import { describe, expect, test } from 'vitest'
import type { JsonObject, JsonValue } from '../../json.ts'
import { inJson, orderDocument, specFrom } from '../../testing/document.ts'
import { meaningOf } from './meaning.ts'

const items: readonly JsonObject[] = [
  { id: 1, price: 5, genre: 'novel', tags: ['a', 'b'], startsAt: '2030-03-02T09:00:00Z' },
  { id: 2, price: 9, genre: 'poem', tags: ['c'], startsAt: '2030-03-04T09:00:00Z' },
]

const meaning = async (name: string, schema: JsonValue, description = '') => {
  const spec = await specFrom(
    orderDocument(
      { '200': inJson({}) },
      {
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'integer' } },
          { name, in: 'query', description, schema },
        ],
      },
    ),
  )
  const parameter = spec.operations[0]?.parameters.find((one) => one.name === name)
  if (parameter === undefined) throw new Error('The document has no such parameter.')
  return meaningOf(spec, parameter, items)
}

describe('a parameter', () => {
  test('of the name of a property asks for its value', async () => {
    const filter = await meaning('genre', { enum: ['novel', 'poem'] })
    expect(items.map((item) => filter?.matches(item, 'poem'))).toEqual(['no', 'yes'])
  })

  test('of a shorter name asks for what its words call in full', async () => {
    const told = await meaning('starts', { type: 'string' }, 'Only what starts at that time.')
    expect(told?.property).toBe('startsAt')
    expect(await meaning('starts', { type: 'string' }, 'Where it starts.')).toBeUndefined()
  })

  test('that adds to a list is no filter of it', async () => {
    const words = 'Whether to include novels.'
    expect(await meaning('genre', { type: 'string' }, words)).toBeUndefined()
  })

  test('is asked for what nothing has where all are alike', async () => {
    const alike = items.map((item) => ({ ...item, genre: 'novel' }))
    const exact = await meaning('genre', { type: 'string' })
    const loose = await meaning('genre', { type: 'string' }, 'Searches in genres.')
    expect(exact?.values(alike)[0]).toBe('novelzq')
    expect(loose?.values(alike)[0]).toBe('novel')
  })

  test('may search in a text: then a part is enough', async () => {
    const filter = await meaning('genre', { type: 'string' })
    expect(items.map((item) => filter?.matches(item, 'nov'))).toEqual(['maybe', 'no'])
  })

  test('of a list asks for all or one, as its words say', async () => {
    const schema = { type: 'array', items: { type: 'string' } }
    const [item] = items
    if (item === undefined) throw new Error('There is no item.')
    const told = async (words: string) =>
      (await meaning('tags', schema, words))?.matches(item, ['a', 'c'])
    expect(await told('Only with all of these.')).toBe('no')
    expect(await told('Only with any of these.')).toBe('yes')
    expect(await told('')).toBe('maybe')
  })

  test('that is a bound holds its own value only where the words say so', async () => {
    const told = async (words: string) =>
      items.map(async (item) =>
        (await meaning('minPrice', { type: 'number' }, words))?.matches(item, 9),
      )
    expect(await Promise.all(await told('So much or more.'))).toEqual(['no', 'yes'])
    expect(await Promise.all(await told('Above this.'))).toEqual(['no', 'maybe'])
  })

  test('that is a day bounds the only time that there is', async () => {
    const filter = await meaning('from', { type: 'string', format: 'date' }, 'That day or later.')
    expect(filter?.property).toBe('startsAt')
    expect(items.map((item) => filter?.matches(item, '2030-03-04'))).toEqual(['no', 'yes'])
  })

  test.each(['q', 'include', 'minWeight'])('%s means nothing that can be judged', async (name) => {
    expect(await meaning(name, { type: 'string' })).toBeUndefined()
  })
})
