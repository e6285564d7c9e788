import type { ExpectStatic } from 'vitest'

/**
 * An `expect` that says when it is used: a fence whose assertions are never reached, behind an early
 * return or in a loop over nothing, has proved nothing.
 *
 * @example
 * const expect = countedExpect(vitestExpect, () => { reached += 1 })
 */
export const countedExpect = (expect: ExpectStatic, onUse: () => void): ExpectStatic => {
  const counted = (value: unknown, message?: string): unknown => {
    onUse()
    return expect(value, message)
  }
  const poll: ExpectStatic['poll'] = (give, options) => {
    onUse()
    return expect.poll(give, options)
  }
  return Object.assign(counted, expect, { poll, soft: counted }) as ExpectStatic
}
