import { setTimeout as sleep } from 'node:timers/promises'
import type { ExpectStatic } from 'vitest'

const intervalMilliseconds = 50
const timeoutMilliseconds = 2000

type Matcher = (...parameters: readonly unknown[]) => unknown

/** The matcher is called from here: the page's own line is in the stack of the call of `poll`. */
const withSite = (error: unknown, site: Error): unknown =>
  error instanceof Error ? Object.assign(error, { stack: `${error.stack}\n${site.stack}` }) : error

/** Tries a matcher on what a function gives until it holds or the time is over. */
const polled =
  (expect: ExpectStatic): ExpectStatic['poll'] =>
  (give, options = {}) => {
    const { interval = intervalMilliseconds, timeout = timeoutMilliseconds, message } = options
    const attempt = async (
      path: readonly string[],
      parameters: readonly unknown[],
      site: Error,
    ): Promise<void> => {
      const end = performance.now() + timeout
      for (;;) {
        try {
          const value: unknown = await give({ signal: AbortSignal.timeout(timeout) })
          let target = expect(value, message) as unknown as Record<string, unknown>
          for (const name of path.slice(0, -1)) target = target[name] as Record<string, unknown>
          await (target[path.at(-1) ?? ''] as Matcher).apply(target, [...parameters])
          return
        } catch (error) {
          if (performance.now() + interval > end) throw withSite(error, site)
          await sleep(interval)
        }
      }
    }
    const chain = (path: readonly string[]): unknown =>
      new Proxy(
        (...parameters: readonly unknown[]) => attempt(path, parameters, new Error('polled here')),
        {
          get: (_, name) =>
            typeof name === 'string' && name !== 'then' ? chain([...path, name]) : undefined,
        },
      )
    return chain([]) as ReturnType<ExpectStatic['poll']>
  }

/**
 * Vitest's `expect` for a case that runs beside others: `poll` does not need to know which test it is
 * in, and `soft` is not soft, since it is the guide's step that breaks and not the test.
 *
 * @example
 * await pollingExpect(expect).poll(() => logs()).toContain('paid')
 */
export const pollingExpect = (expect: ExpectStatic): ExpectStatic => {
  const plain = (value: unknown, message?: string): unknown => expect(value, message)
  return Object.assign(plain, expect, { poll: polled(expect), soft: plain }) as ExpectStatic
}
