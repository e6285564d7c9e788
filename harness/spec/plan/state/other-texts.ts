import type { Asking } from '../../types.ts'
import type { NamedDraft } from '../examples.ts'
import { freshened, freshnessAt, withOwnKey } from './freshen.ts'
import { ask, isTaken } from './observe.ts'
import { referred } from './references.ts'
import type { Found, Instance, Session } from './session.ts'
import { asked } from './targets.ts'

/** A collection may hold already what the document shows as new. */
export function* searchWithOtherTexts(
  session: Session,
  drafts: readonly NamedDraft[],
  depth: number,
  obtain: (resource: string) => Asking<readonly Instance[]>,
): Asking<Found | undefined> {
  for (const { draft, name } of drafts.slice(0, 2)) {
    for (const freshness of [1, 2, 3, 4].map(freshnessAt)) {
      const fresh = withOwnKey(session, freshened(session, draft, freshness))
      const filled = yield* referred(session, fresh, 0, obtain)
      if (isTaken(yield* ask(session, asked(filled, name, depth))))
        return { draft: filled, steps: [] }
    }
  }
  return undefined
}
