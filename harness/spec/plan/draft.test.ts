import { expect, test } from 'vitest'
import { inJson, orderDocument, specFrom } from '../testing/document.ts'
import { withBody, withParameter, written, type Draft } from './draft.ts'

const draftOf = async (): Promise<Draft> => {
  const spec = await specFrom(
    orderDocument(
      { '404': inJson({}), '201': { description: 'made', content: { 'text/plain': {} } } },
      {
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string' }, example: 'a' },
          { name: 'seen', in: 'cookie', schema: { type: 'string' } },
          { name: 'q', in: 'query', schema: { type: 'string' } },
        ],
        requestBody: { content: { 'application/json': { schema: {} } } },
      },
      'post',
    ),
  )
  const [operation] = spec.operations
  const content = operation?.requestBody?.content[0]
  if (operation === undefined || content === undefined) throw new Error('The document is broken.')
  const values = operation.parameters.map((one) => [one, 'a/b c'] as const)
  return { operation, values, body: { content, value: { total: 1 } }, credentials: ['admin'] }
}

test('goes over the wire with all of its parts, each written as its place wants it', async () => {
  const planned = written(await draftOf(), 'setup', { kind: 'setup' })
  expect(planned).toMatchObject({
    name: 'setup',
    method: 'POST',
    target: '/orders/a%2Fb%20c?q=a%2Fb%20c',
    headers: [
      // What a success looks like comes first: a provider may choose by it.
      ['Accept', 'text/plain, application/json'],
      ['Cookie', 'seen=a%2Fb%20c'],
      ['Content-Type', 'application/json'],
    ],
    credentials: ['admin'],
    intent: { kind: 'setup' },
  })
  expect(new TextDecoder().decode(planned.body)).toBe('{"total":1}')
})

test('one thing is changed at a time, and the draft stays as it was', async () => {
  const draft = await draftOf()
  const q = draft.operation.parameters.find(({ name }) => name === 'q')
  if (q === undefined) throw new Error('There is no parameter q.')
  expect(written(withParameter(draft, q, 'x'), '').target).toBe('/orders/a%2Fb%20c?q=x')
  expect(written(withParameter(draft, q, undefined), '').target).toBe('/orders/a%2Fb%20c')
  expect(withBody(draft, 7).body?.value).toBe(7)
  expect(written(draft, '').target).toContain('?q=a')
})
