import { expect, test } from 'vitest'
import { listOfOrders } from '../testing/list-of-orders.ts'
import { prove } from '../testing/prove.ts'

const techniques = ['negatives'] as const

test('names the method and the path', async () => {
  const { document, broken } = listOfOrders({ methods: ['GET', 'PUT'] })
  const { findings } = await prove(document, broken, { techniques })
  expect(findings).toMatchObject([
    {
      code: 'method-accepted',
      summary: 'PUT /orders answered 200, and the document has no such operation.',
      place: { pointer: '/paths/~1orders' },
      request: { method: 'PUT' },
    },
  ])
})

test('HEAD and OPTIONS come with GET and need no description', async () => {
  const { document, broken } = listOfOrders({ methods: ['GET', 'HEAD', 'OPTIONS'] })
  expect((await prove(document, broken, { techniques })).codes).toEqual([])
})
