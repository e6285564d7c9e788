import { expect, test } from 'vitest'
import type { Exchange } from '../../../model/http.ts'
import type { JsonObject } from '../../json.ts'
import { specFrom } from '../../testing/document.ts'
import type { PlannedRequest } from '../../types.ts'
import { openSession } from '../state/session.ts'
import { reach } from '../state/reach.ts'
import { deletedAndRead } from './deleted.ts'

const note: JsonObject = {
  type: 'object',
  required: ['id', 'text'],
  properties: { id: { type: 'string' }, text: { type: 'string' } },
}
const json = (schema: JsonObject): JsonObject => ({
  description: 'It.',
  content: { 'application/json': { schema } },
})
const id: JsonObject = { name: 'id', in: 'path', required: true, schema: { type: 'string' } }
const text: JsonObject = {
  type: 'object',
  required: ['text'],
  properties: { text: { type: 'string', minLength: 1 } },
}

const document: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Notes', version: '1' },
  paths: {
    '/notes': {
      get: { responses: { '200': json({ type: 'array', items: note }) } },
      post: { requestBody: { required: true, ...json(text) }, responses: { '201': json(note) } },
    },
    '/notes/{id}': {
      parameters: [id],
      get: { responses: { '200': json(note), '404': { description: 'None.' } } },
      delete: { responses: { '204': { description: 'Gone.' }, '404': { description: 'None.' } } },
    },
  },
}

/** Others leave a note at the start, and take it away when something is deleted that is not there. */
const sharedNotes = () => {
  const notes = new Map([['others', { id: 'others', text: 'a' }]])
  let made = 0
  return ({ name, method, target, headers, body }: PlannedRequest): Exchange => {
    const answered = (status: number, value?: unknown): Exchange => ({
      request: {
        method,
        url: `http://h${target}`,
        headers,
        ...(body === undefined ? {} : { body }),
      },
      answer: {
        status,
        headers: [['Content-Type', 'application/json']],
        body: new TextEncoder().encode(value === undefined ? '' : JSON.stringify(value)),
        milliseconds: 1,
      },
    })
    const key = decodeURIComponent(target.split('/')[2] ?? '')
    if (method === 'POST') {
      made += 1
      const one = { id: `own-${made}`, text: 'b' }
      notes.set(one.id, one)
      return answered(201, one)
    }
    if (key === '') return answered(200, [...notes.values()])
    if (method === 'GET') return notes.has(key) ? answered(200, notes.get(key)) : answered(404)
    if (notes.delete(key)) return answered(204)
    if (name.includes('once more')) notes.delete('others')
    return answered(404)
  }
}

test.each([
  ['of ours', true, ['delete-repeats']],
  ['that is not ours', false, []],
])('what vanishes from a list %s is laid to a second DELETE or not', async (_, isOurs, codes) => {
  const spec = await specFrom(document)
  const options = { spec, seed: 1, given: {}, credentials: [], mayWrite: true, isOurs }
  const operation = spec.operations.find(({ method }) => method === 'DELETE')
  if (operation === undefined) throw new Error('There is no DELETE.')
  const answer = sharedNotes()
  const session = openSession(options)
  const asking = (function* () {
    yield* reach(session, operation)
    return yield* deletedAndRead(session, operation)
  })()
  let step = asking.next()
  while (step.done !== true) step = asking.next(answer(step.value))
  const counted = step.value.filter(({ facts }) => Number(facts['after']) < Number(facts['before']))
  expect(counted.map(({ code }) => code)).toEqual(codes)
})
