import { describe, expect, test } from 'vitest'
import { UserError } from '../model/user-error.ts'
import { openUrlTestbed } from './url-testbed.ts'

const testbed = openUrlTestbed('orders', 'https://staging.example.com/v1//')

describe('a testbed at an address', () => {
  test('knows the address, without slashes at its end', () => {
    expect(testbed.description.providerUrl).toBe('https://staging.example.com/v1')
  })

  test.each([
    ['database', () => testbed.database()],
    ['stub', () => testbed.stub('payments')],
    ['link', () => testbed.link('payments')],
  ])('has no %s, and says why', (what, use) => {
    expect(use).toThrow(UserError)
    expect(use).toThrow(
      new RegExp(`There is no ${what}.*the provider at https://staging.example.com/v1 is replayed`),
    )
    expect(use).toThrow('fix: leave out --url')
  })

  test('has no provider that could be started again, and no log', async () => {
    await expect(testbed.restartProvider()).rejects.toThrow('no way to start the provider again')
    expect(await testbed.log()).toEqual([])
  })

  test('closing it, whatever was said before, does nothing', async () => {
    testbed.keep()
    testbed.markDirty()
    await expect(testbed[Symbol.asyncDispose]()).resolves.toBeUndefined()
  })
})
