import { BrokerError } from './broker-error.ts'
import type { BrokerAnswer, BrokerRequest } from './exchange.ts'

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** Only these keep the method and the body (RFC 9110, 15.4). */
const keepMethod: ReadonlySet<number> = new Set([307, 308])

/**
 * Where an answer sends its asker to; `undefined` for one that is no redirect.
 *
 * Throws a `BrokerError` for a redirect without a place, and for one of a write that would turn it
 * into a read: what was sent would be lost without a word.
 */
export const redirected = (
  { method, url }: Pick<BrokerRequest, 'method' | 'url'>,
  { status, header }: Pick<BrokerAnswer, 'status' | 'header'>,
): string | undefined => {
  if (!redirects.has(status)) return undefined
  const location = header('location')
  if (location === undefined || !URL.canParse(location, url))
    throw new BrokerError(
      { problem: `the broker answers ${status} to ${method} ${url} without saying where to go` },
      { refused: false, status },
    )
  const target = new URL(location, url).href
  if (method === 'GET' || keepMethod.has(status)) return target
  throw new BrokerError(
    {
      problem: `the broker answers ${status} to ${method} ${url} and leads to ${target}: what was sent would be lost on the way`,
      expected: 'the address at which the broker itself answers',
      fix: `say ${new URL(target).origin} as the broker's address`,
    },
    { refused: false, status },
  )
}
