import { expect, test } from 'vitest'
import { listOfOrders } from '../testing/list-of-orders.ts'
import { prove } from '../testing/prove.ts'

const answered = async (allow: string | undefined) => {
  const { document, broken } = listOfOrders({ allow })
  const { findings } = await prove(document, broken, { techniques: ['negatives'] })
  return findings.map(({ code, actual }) => [code, actual])
}

test('an Allow that is not there, or that lists what was refused, is one finding', async () => {
  expect(await answered(undefined)).toEqual([['allow-missing', 'no Allow']])
  expect(await answered('GET, POST')).toEqual([['allow-missing', 'Allow: GET, POST']])
})

test.each(['GET', 'get, HEAD', ''])('%j is one', async (allow) => {
  expect(await answered(allow)).toEqual([])
})
