import { expect, test } from 'vitest'
import { goodOrder, orderDocument } from '../testing/document.ts'
import { json } from '../testing/provider.ts'
import { prove } from '../testing/prove.ts'

test('a connection that is closed without a word is the finding', async () => {
  const { codes, findings } = await prove(orderDocument(), (request) => request.socket.destroy())
  expect(codes).toEqual(['no-answer'])
  expect(findings[0]?.summary).toBe(
    'GET /orders/{id} was not answered: the connection was closed before an answer came.',
  )
})

test('an answer is none', async () => {
  const { verdict, codes } = await prove(orderDocument(), json(200, goodOrder))
  expect({ verdict, codes }).toEqual({ verdict: 'verified', codes: [] })
})
