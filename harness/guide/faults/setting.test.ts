import { describe, expect, test } from 'vitest'
import { makeFakeWorld } from '../testing/fake-world.ts'
import { plainSurroundings } from '../surroundings.ts'
import { parseFault, putFault } from './kinds.ts'

describe('[fault-setting] a setting of the provider', () => {
  test.each([
    ['removed', {}],
    ['set to `http://nowhere:9`', { value: 'http://nowhere:9' }],
    ['set to ``', { value: '' }],
  ])('can be %s', (words, change) => {
    const parsed = parseFault(`setting \`PAYMENTS_URL\`, ${words}`)
    expect(parsed).toEqual({ fault: { kind: 'setting', name: 'PAYMENTS_URL', ...change } })
  })

  test('must be one that the provider is given, to be removed', async () => {
    await using testbed = await makeFakeWorld().lease()
    const fault = {
      kind: 'setting',
      name: 'PAYMENT_URL',
      text: '',
      place: { file: 'g.md', line: 1 },
    } as const
    const settings = ['PAYMENTS_URL', 'PAYMENTS_KEY']
    await expect(putFault(testbed, fault, { ...plainSurroundings, settings })).rejects.toThrow(
      'write "PAYMENTS_URL"',
    )
  })
})
