import { expect, test } from 'vitest'
import { guardedOrder } from '../testing/guarded-order.ts'
import { prove } from '../testing/prove.ts'

const techniques = ['credentials'] as const

test('is one finding for all the ways of having no credential', async () => {
  const { document, broken, credentials } = guardedOrder({ challenge: undefined })
  const { findings } = await prove(document, broken, { techniques, credentials })
  expect(findings).toMatchObject([{ code: 'challenge-missing', actual: 'no WWW-Authenticate' }])
})

test('an API key has no scheme that a challenge could name', async () => {
  const { document, broken } = guardedOrder({ challenge: undefined })
  const text = JSON.stringify(document).replace('{"bearer":["read"]}', '{"key":[]}')
  const { codes } = await prove(JSON.parse(text) as typeof document, broken, { techniques })
  expect(codes).toEqual([])
})
