import { headerOf } from '../../../model/http.ts'
import type { Asking, Observation, Operation, PlannedRequest } from '../../types.ts'
import { readyDraft } from '../bases.ts'
import { written } from '../draft.ts'
import { ask } from '../state/observe.ts'
import type { Session } from '../state/session.ts'
import { skeletonOf } from '../state/templates.ts'
import { observed } from './reading.ts'

/** Methods that a path does not have: a provider that answers them with 405 says which it has. */
const foreignOf = ({ spec }: Session, { path }: Operation): string | undefined => {
  const known = new Set(
    spec.operations
      .filter((one) => skeletonOf(one.path) === skeletonOf(path))
      .map(({ method }) => method),
  )
  return ['PUT', 'PATCH', 'DELETE', 'POST'].find((method) => !known.has(method))
}

/**
 * What the provider says that a path can do, put beside what it does there right after: OPTIONS and a
 * 405 list all methods (RFC 9110, 10.2.1).
 */
export function* allowed(session: Session, operation: Operation): Asking<readonly Observation[]> {
  const draft = yield* readyDraft(session, operation)
  if (draft === undefined) return []
  const planned = written(draft, 'what the path can do')
  const { body: _, ...bare } = planned
  const foreign = session.mayWrite ? foreignOf(session, operation) : undefined
  const asked = ['OPTIONS', ...(foreign === undefined ? [] : [foreign])].map(
    (method): PlannedRequest => ({
      ...bare,
      method,
      name: `${method}, for its Allow`,
      headers: [],
      intent: { kind: 'aside' },
    }),
  )
  const told = []
  for (const one of asked) {
    const exchange = yield one
    const status = exchange.answer?.status ?? 0
    const isTelling = status === 405 || (one.method === 'OPTIONS' && status >= 200 && status < 300)
    const allow = headerOf(exchange.answer?.headers ?? [], 'allow')
    if (isTelling && allow !== undefined) told.push({ exchange, allow, method: one.method })
  }
  if (told.length === 0) return []
  const done = yield* ask(session, planned)
  return told.map(({ exchange, allow, method }) =>
    observed('allow-incomplete', operation, [exchange, done], { allow, asked: method }),
  )
}
