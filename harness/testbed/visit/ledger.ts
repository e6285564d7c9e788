import type { HttpRequest } from '../../model/http.ts'
import type { Made } from './visit.ts'

/** Something that was made there and is there still. */
export interface LeftBehind {
  readonly by: string
  readonly address: string
  readonly why: string
}

/** What was made in a system that is not ours. */
export interface Ledger {
  made(made: Made): void
  /** It was taken away by a case itself. */
  gone(url: string): void
  /** Takes away what one case has made, or all, the last first. */
  cleanUp(caseId?: string): Promise<void>
  left(): readonly LeftBehind[]
}

interface Entry extends Made {
  readonly answered?: string
}

const isGone = (status: number | undefined): boolean =>
  status !== undefined && ((status >= 200 && status < 300) || status === 404 || status === 410)

/**
 * Keeps the books of what was made: each thing until it is taken away, by a case or by us.
 *
 * @example
 * const ledger = openLedger(async (request) => (await send(request)).status)
 */
export const openLedger = (
  take: (request: HttpRequest) => Promise<number | undefined>,
  onChange: (left: readonly LeftBehind[]) => void = () => {},
): Ledger => {
  let entries: readonly Entry[] = []
  const left = (): readonly LeftBehind[] =>
    entries.map(({ by, address, doubt, answered }) => ({
      by,
      address,
      why: answered ?? doubt ?? 'the run ended before it was taken away',
    }))
  const set = (next: readonly Entry[]): void => {
    entries = next
    onChange(left())
  }
  const cleanUp = async (caseId?: string): Promise<void> => {
    const own = entries.filter((one) => caseId === undefined || one.caseId === caseId)
    for (const entry of own.toReversed()) {
      const { undo } = entry
      if (undo === undefined || !entries.includes(entry)) continue
      const status = await take(undo)
      set(
        isGone(status)
          ? entries.filter((one) => one !== entry)
          : entries.map((one) =>
              one === entry
                ? {
                    ...one,
                    answered: `${undo.method} ${status === undefined ? 'got no answer' : `answered ${status}`}`,
                  }
                : one,
            ),
      )
    }
  }
  return {
    made: (made) => {
      const isKnown = entries.some(
        (one) => made.undo !== undefined && one.undo?.url === made.undo.url,
      )
      if (!isKnown) set([...entries, made])
    },
    gone: (url) => {
      if (entries.some(({ undo }) => undo?.url === url))
        set(entries.filter(({ undo }) => undo?.url !== url))
    },
    cleanUp,
    left,
  }
}
