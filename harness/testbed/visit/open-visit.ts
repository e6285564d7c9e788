import type { HttpRequest } from '../../model/http.ts'
import { EnvironmentGone } from '../../model/user-error.ts'
import { send } from '../http/send.ts'
import { openLedger, type LeftBehind } from './ledger.ts'
import { turnstile, type Rate } from './turnstile.ts'
import type { Told, Visit } from './visit.ts'
import { openWatch } from './watch.ts'

/** How a system that is not ours is visited. */
export interface VisitOptions {
  readonly url: string
  readonly rate?: Rate
  /** Called once, when the environment is gone. */
  readonly onGone: (reason: string) => void
  /** Called whenever what is left behind changes. */
  readonly onLeft: (left: readonly LeftBehind[]) => void
}

/** A visit as the main process holds it. */
export interface OpenVisit extends Visit {
  /** Why the environment is gone, where it is. */
  gone(): string | undefined
  /** Takes away what is left, within so many milliseconds, and says what stays behind. */
  leave(milliseconds: number): Promise<readonly LeftBehind[]>
}

const bounds = { timeoutMilliseconds: 10_000, bytesMax: 1024 * 1024 }

const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
  })

/** Opens the one way to a system that is not ours. */
export const openVisit = ({ url, rate, onGone, onLeft }: VisitOptions): OpenVisit => {
  const pass = turnstile(rate)
  const ended = new AbortController()
  const ask = async (request: HttpRequest): Promise<Told> => {
    await pass()
    const { answer, failure } = await send(request, { ...bounds, signal: ended.signal })
    return {
      ...(answer === undefined ? {} : { status: answer.status }),
      ...(failure === undefined ? {} : { failure }),
    }
  }
  const fallback: HttpRequest = { method: 'GET', url, headers: [] }
  const watch = openWatch({ ask, wait, fallback })
  const ledger = openLedger(
    (request) =>
      ask(request).then(
        ({ status }) => status,
        () => undefined,
      ),
    onLeft,
  )
  let isSaid = false
  const standing = (reason: string | undefined): void => {
    if (reason === undefined) return
    if (!isSaid) onGone(reason)
    isSaid = true
    throw new EnvironmentGone(url, reason)
  }
  return {
    turn: async () => {
      standing(watch.gone())
      await pass()
      standing(watch.gone())
    },
    told: async (told) => {
      if (told.gone !== undefined) ledger.gone(told.gone)
      standing(await watch.told(told))
    },
    made: (made) => Promise.resolve(ledger.made(made)),
    cleanUp: (caseId) => ledger.cleanUp(caseId),
    steady: async () => standing(await watch.steady()),
    gone: watch.gone,
    leave: async (milliseconds) => {
      // Things inside others may be in the way the first time.
      const all =
        watch.gone() === undefined ? ledger.cleanUp().then(() => ledger.cleanUp()) : undefined
      const late = Promise.withResolvers<void>()
      const timer = setTimeout(late.resolve, milliseconds)
      await Promise.race([all, late.promise])
      clearTimeout(timer)
      ended.abort(new Error('the visit is over'))
      return ledger.left()
    },
  }
}
