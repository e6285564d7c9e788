import { describe, expect, test } from 'vitest'
import { arrayOr } from '../../json.ts'
import { specFrom } from '../../testing/document.ts'
import { parcelProvider, parcels, type ParcelFaults } from '../../testing/parcels.ts'
import { prove } from '../../testing/prove.ts'
import type { PlannedRequest, Technique } from '../../types.ts'
import { fuzz } from './fuzz.ts'

const found = async (technique: Technique, faults: ParcelFaults) =>
  (await prove(parcels, parcelProvider(faults), { techniques: [technique] })).codes

describe('what is drawn by chance finds', () => {
  test('a failure in the middle of a range, where bounds do not', async () => {
    const fails: ParcelFaults['fails'] = ({ weight = 0 }) =>
      Number(weight) >= 400 && Number(weight) <= 600
    expect(await found('boundaries', { fails })).toEqual([])
    expect(await found('fuzz', { fails })).toEqual(['server-error'])
  })

  test('texts of a length that is neither shortest nor longest', async () => {
    const fails: ParcelFaults['fails'] = ({ note }) =>
      typeof note === 'string' && note.length > 80 && note.length < 120
    expect(await found('boundaries', { fails })).toEqual([])
    expect(await found('fuzz', { fails })).toEqual(['server-error'])
  })

  test('a list of which only the first item is looked at', async () => {
    const marks: ParcelFaults['marks'] = ([first = 'ab']) =>
      typeof first === 'string' && /^[a-z]{2,8}$/.test(first)
    const isText: ParcelFaults['marks'] = (all) =>
      marks(all) && all.every((one) => typeof one === 'string')
    expect(await found('negatives', { marks: isText })).toEqual([])
    expect(new Set(await found('fuzz', { marks: isText }))).toEqual(new Set(['accepted-invalid']))
  })
})

describe('it is no finding', () => {
  test('where nothing is wrong', async () => {
    expect(await found('fuzz', {})).toEqual([])
  })

  test('where a valid request is refused for what only words say', async () => {
    const refuses: ParcelFaults['refuses'] = ({ weight, kind }) =>
      (kind === 'letter' && Number(weight) > 50) || Number(weight) % 7 === 0
    expect(await found('fuzz', { refuses })).toEqual([])
  })
})

describe('the requests', () => {
  const asked = async (seed: number, status = 201): Promise<readonly PlannedRequest[]> => {
    const spec = await specFrom(parcels)
    const operation = spec.operations.find(({ method }) => method === 'POST')
    if (operation === undefined) throw new Error('There is no POST.')
    const options = { spec, seed, given: {}, credentials: [], mayWrite: true, isOurs: true }
    const script = fuzz(operation, options)?.()
    if (script === undefined) throw new Error('There is nothing to draw.')
    const requests: PlannedRequest[] = []
    let step = script.next()
    while (step.done !== true) {
      requests.push(step.value)
      const answer = { status, statusText: '', headers: [], body: new Uint8Array() }
      const request = { method: 'POST', url: 'http://x', headers: [] }
      step = script.next({ request, answer, milliseconds: 1 } as never)
    }
    return requests
  }

  test('are the same for the same seed, others for another, and not too many', async () => {
    const first = await asked(1)
    expect(await asked(1)).toEqual(first)
    expect(await asked(2)).not.toEqual(first)
    expect(first.length).toBeGreaterThan(30)
    expect(first.length).toBeLessThanOrEqual(160)
  })

  test('keep the document where they are meant to', async () => {
    const spec = await specFrom(parcels)
    const schema = '/paths/~1parcels/post/requestBody/content/application~1json/schema'
    const valid = (await asked(3)).filter(({ intent }) => (intent?.kind ?? 'valid') === 'valid')
    for (const { body } of valid) {
      const value = JSON.parse(new TextDecoder().decode(body)) as string
      expect((await spec.schemas.check(schema, 'request', value)).violations).toEqual([])
    }
    expect(arrayOr(valid).length).toBeGreaterThan(20)
  })

  test('nothing is drawn where only a path could be', async () => {
    const spec = await specFrom({
      ...parcels,
      paths: {
        '/parcels/{id}': {
          get: {
            parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
            responses: { '200': { description: 'a parcel' } },
          },
        },
      },
    })
    const [operation] = spec.operations
    const options = { spec, seed: 1, given: {}, credentials: [], mayWrite: true, isOurs: true }
    expect(operation === undefined ? operation : fuzz(operation, options)).toBeUndefined()
    expect(operation).toBeDefined()
  })
})
