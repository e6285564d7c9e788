import { expect, test } from 'vitest'
import { guardedOrder } from '../testing/guarded-order.ts'
import { prove } from '../testing/prove.ts'

const techniques = ['credentials'] as const

test('names both answers', async () => {
  const { document, broken, credentials } = guardedOrder({ isLate: true })
  const { findings } = await prove(document, broken, { techniques, credentials })
  expect(findings).toMatchObject([
    { code: 'credential-late', expected: expect.stringContaining('401') as string, actual: '404' },
  ])
})

test('a provider that hides everything from strangers tells nobody anything', async () => {
  const { document, broken, credentials } = guardedOrder({ isLate: true, status: 404 })
  const { codes } = await prove(document, broken, { techniques, credentials })
  expect(codes).toEqual([])
})
