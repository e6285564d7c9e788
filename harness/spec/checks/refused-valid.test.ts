import { describe, expect, test } from 'vitest'
import type { Exchange } from '../../model/http.ts'
import { specFrom, orderDocument } from '../testing/document.ts'
import { listOfOrders } from '../testing/list-of-orders.ts'
import { prove } from '../testing/prove.ts'
import type { Observation } from '../types.ts'
import { refusedValid } from './refused-valid.ts'

test('names the change that was refused and the forbidden one that is refused alike', async () => {
  const { document, broken } = listOfOrders({ limitMax: 99 })
  const { findings } = await prove(document, broken, { techniques: ['boundaries'] })
  expect(findings).toMatchObject([
    { code: 'refused-valid', actual: expect.stringContaining('"limit" is 101') as string },
  ])
})

const { operations } = await specFrom(orderDocument())
const [operation] = operations

const exchange = (status: number, body: unknown): Exchange => ({
  request: { method: 'POST', url: 'http://x/orders', headers: [] },
  answer: {
    status,
    headers: [],
    body: new TextEncoder().encode(JSON.stringify(body)),
    milliseconds: 1,
  },
})

const judged = (
  answers: {
    readonly contrast: Exchange
    readonly forbidden: Exchange
    readonly allowed: Exchange
  },
  facts: Observation['facts'] = {},
  base = exchange(201, {}),
) =>
  operation === undefined
    ? undefined
    : refusedValid.check({
        code: 'refused-valid',
        operation,
        exchanges: [base, answers.contrast, answers.forbidden, answers.allowed],
        pointer: operation.pointer,
        facts: { words: 'w', forbidden: 'f', isNeighbourTaken: false, ...facts },
      })

const about = (field: string, value: unknown) =>
  exchange(400, { field, detail: `${String(value)} is out of range` })

describe('a refusal is of form', () => {
  const answers = {
    contrast: about('name', 7),
    forbidden: about('limit', 101),
    allowed: about('limit', 100),
  }

  test('where it is told in the words for a forbidden value, and another fault is told otherwise', () => {
    expect(judged(answers)).toMatchObject({ actual: expect.stringContaining('400') as string })
  })

  test.each([404, 409, 412, 423, 428, 429])('not where its status is %i', (status) => {
    const same = exchange(status, { field: 'limit' })
    expect(judged({ contrast: about('name', 7), forbidden: same, allowed: same })).toBeNull()
  })

  test('not where a rule of the state is told in other words', () => {
    const allowed = exchange(422, { field: 'limit', detail: 'is more than there is' })
    const forbidden = exchange(422, { field: 'limit', detail: 'must be at most 100' })
    expect(judged({ ...answers, forbidden, allowed })).toBeNull()
  })

  test('not where this provider refuses everything in one way', () => {
    const same = exchange(400, { detail: 'bad request' })
    expect(judged({ contrast: same, forbidden: same, allowed: same })).toBeNull()
  })

  test('but then it is, where the value next to it is taken', () => {
    const same = exchange(400, { detail: 'bad request' })
    const facts = { isNeighbourTaken: true }
    expect(judged({ contrast: same, forbidden: same, allowed: same }, facts)).not.toBeNull()
  })

  test('not where the request that it was made from is refused as well', () => {
    expect(judged(answers, {}, exchange(409, {}))).toBeNull()
  })
})
