import type { HttpRequest } from '../../model/http.ts'
import { Blocked } from '../../model/user-error.ts'
import { send } from '../../testbed/http/send.ts'
import type { World } from '../../testbed/world.ts'
import type { Comparison } from '../facts/comparison.ts'
import { withCredential } from './credentials.ts'

const bytesMax = 64 * 1024
const timeoutMilliseconds = 10_000
/** No provider serves this; one that answers as if it did says nothing of what it serves. */
const nowhere = '/proofbook-asks-for-nothing'

const hole = /\{[^{}]*\}|:\w+/g

const isUnknown = ({ code, came }: Comparison): boolean =>
  code === 'page-endpoint' && came === 'differs'

const asked = async (world: World, request: HttpRequest): Promise<number | undefined> => {
  const complete = withCredential(request, world.credentials[0])
  const seen = await send(complete, { timeoutMilliseconds, bytesMax, signal: world.signal })
  world.journal.note('does the provider serve what the page names?', seen)
  return seen.answer?.status
}

/** What an answer says of an endpoint that the page names and the spec lacks. */
const ruled = (
  one: Comparison,
  path: string,
  status: number,
): Pick<Comparison, 'wrong' | 'others'> => {
  const others = `${one.others ?? 'nothing of the kind'}, and the provider answers ${status}`
  const isGone = status === 405 || status === 501 || (status === 404 && path.search(hole) === -1)
  if (isGone) return { wrong: 'page', others }
  const isServed = status < 500 && ![401, 403, 404].includes(status)
  return { wrong: isServed ? 'system' : 'either', others }
}

/**
 * Asks the provider for endpoints that a page names and the spec lacks, each once, on a testbed of its
 * own: what it does not serve the page says wrongly, and what it serves the spec should say too. Nothing
 * else is asked, and where there is no testbed nothing is learned.
 *
 * @example
 * (await askEndpoints(comparisons, world))[0]?.wrong // 'page'
 */
export const askEndpoints = async (
  comparisons: readonly Comparison[],
  world: World,
): Promise<readonly Comparison[]> => {
  if (!comparisons.some(isUnknown)) return comparisons
  try {
    await using testbed = await world.lease()
    const base = testbed.description.providerUrl
    const seen: Comparison[] = []
    for (const one of comparisons) {
      const [method = '', path = ''] = one.subject.split(' ')
      const ask = (target: string) =>
        asked(world, { method, url: `${base}${target.replaceAll(hole, '1')}`, headers: [] })
      const status = isUnknown(one) ? await ask(path) : undefined
      const control = status === undefined ? undefined : await ask(nowhere)
      const tells =
        status !== undefined && control !== undefined && [404, 405, 501].includes(control)
      seen.push(tells ? { ...one, ...ruled(one, path, status) } : one)
    }
    return seen
  } catch (error) {
    if (error instanceof Blocked) return comparisons
    throw error
  }
}
