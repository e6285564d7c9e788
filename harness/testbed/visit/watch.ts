import type { HttpRequest } from '../../model/http.ts'
import type { Told } from './visit.ts'

/** In a row, over all workers: then it is looked whether the environment is there at all. */
const suspectMin = 3
/** Milliseconds before each probe. */
const probePauses = [0, 700, 1500]

/** What a gateway says when nobody is behind it (RFC 9110, 15.6.3 to 15.6.5). */
const isOut = ({ status, failure }: Told): boolean =>
  status === undefined ? failure !== undefined : [502, 503, 504].includes(status)

const wordsOf = ({ status, failure }: Told): string =>
  status === undefined ? (failure ?? 'no answer') : `answered ${status}`

/** How a watch looks at the world. */
export interface Looking {
  readonly ask: (request: HttpRequest) => Promise<Told>
  readonly wait: (milliseconds: number) => Promise<void>
  /** Asked where nothing was ever answered well. */
  readonly fallback: HttpRequest
}

/** Tells an outage from a provider that fails at one thing. */
export interface Watch {
  /** Takes note; gives the reason where the environment is gone. */
  told(told: Told): Promise<string | undefined>
  /** Probes once more; gives the reason where the environment is gone. */
  steady(): Promise<string | undefined>
  readonly gone: () => string | undefined
}

/**
 * Watches an environment that is not ours. Several answers in a row as from nobody are an outage only
 * where a request that was answered well before, or the address itself, is not answered any more: a
 * provider that fails at one operation is not gone.
 */
export const openWatch = ({ ask, wait, fallback }: Looking): Watch => {
  let probe: HttpRequest | undefined
  let inARow = 0
  let reason: string | undefined
  let probing: Promise<string | undefined> | undefined

  const look = async (): Promise<string | undefined> => {
    const request = probe ?? fallback
    let last: Told = {}
    for (const pause of probePauses) {
      await wait(pause)
      last = await ask(request)
      if (!isOut(last)) {
        inARow = 0
        return undefined
      }
    }
    reason = `${wordsOf(last)}, also to ${probePauses.length} probes (${request.method} ${request.url})`
    return reason
  }
  const looked = (): Promise<string | undefined> => {
    if (reason !== undefined) return Promise.resolve(reason)
    probing ??= look().finally(() => {
      probing = undefined
    })
    return probing
  }
  return {
    told: (told) => {
      if (!isOut(told)) {
        inARow = 0
        if (told.probe !== undefined && (told.status ?? 500) < 400) probe ??= told.probe
        return Promise.resolve(reason)
      }
      inARow += 1
      return inARow < suspectMin ? Promise.resolve(reason) : looked()
    },
    steady: looked,
    gone: () => reason,
  }
}
