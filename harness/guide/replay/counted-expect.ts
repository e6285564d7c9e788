import type { ExpectStatic } from 'vitest'

/** Words between a value and its matcher that check nothing themselves. */
const chainWords: ReadonlySet<PropertyKey> = new Set(
  'not to be been is that which and has have with at of same but does still also deep nested own ordered any all itself resolves rejects'.split(
    ' ',
  ),
)

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'

type Awaited = Pick<Promise<unknown>, 'then' | 'catch' | 'finally'>

/** One that says so when it is fulfilled for somebody who waits; `expect.poll` begins only then. */
const whenAwaited = (checked: PromiseLike<unknown>, onUse: () => void): Awaited => {
  const awaited = async (): Promise<unknown> => {
    const value = await checked
    onUse()
    return value
  }
  let once: Promise<unknown> | undefined
  const start = (): Promise<unknown> => {
    once ??= awaited()
    return once
  }
  return {
    // oxlint-disable-next-line unicorn/no-thenable -- it must not begin before it is awaited
    then: (fulfilled, rejected) => start().then(fulfilled, rejected),
    catch: (rejected) => start().catch(rejected),
    finally: (done) => start().finally(done),
  }
}

/** An assertion that says when a matcher of it has held. */
const counted = <Assertion extends object>(
  assertion: Assertion,
  onUse: () => void,
  owner?: object,
): Assertion =>
  new Proxy(assertion, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key, target)
      if (typeof value !== 'function' && (typeof value !== 'object' || value === null)) return value
      // A word such as `true` of `expect(paid).to.be.true` has checked when it is read.
      if (typeof value === 'object' && !chainWords.has(key)) onUse()
      return counted(value, onUse, target)
    },
    apply: (target, _, words: unknown[]) => {
      const result: unknown = Reflect.apply(target as () => unknown, owner, words)
      if (isThenable(result)) return whenAwaited(result, onUse)
      onUse()
      return result
    },
  })

/**
 * An `expect` that says when something was checked by it: a fence whose assertions are never reached,
 * behind an early return or in a loop over nothing, or that are never made, as in `expect(1)` or a
 * poll that nobody awaits, has proved nothing.
 *
 * @example
 * const expect = countedExpect(vitestExpect, () => { reached += 1 })
 */
export const countedExpect = (expect: ExpectStatic, onUse: () => void): ExpectStatic => {
  const start = (value: unknown, message?: string): object => counted(expect(value, message), onUse)
  const poll = (...given: Parameters<ExpectStatic['poll']>): object =>
    counted(expect.poll(...given), onUse)
  return Object.assign(start, expect, { poll, soft: start }) as ExpectStatic
}
