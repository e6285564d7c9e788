import { expect, test } from 'vitest'
import { limited } from '../testing/limited.ts'
import { prove } from '../testing/prove.ts'

const answered = async (retryAfter: string | undefined) => {
  const { document, broken } = limited({ retryAfter })
  const { findings } = await prove(document, broken, { techniques: ['sequences'] })
  return findings.map(({ code, actual }) => [code, actual])
}

test('no Retry-After, or one that says no time, is one finding', async () => {
  expect(await answered(undefined)).toEqual([['retry-after-missing', 'none']])
  expect(await answered('soon')).toEqual([['retry-after-missing', 'Retry-After: soon']])
})

test.each(['0', '120', 'Wed, 21 Oct 2026 07:28:00 GMT'])('%s is one', async (retryAfter) => {
  expect(await answered(retryAfter)).toEqual([])
})
