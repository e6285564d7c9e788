import type { Asking, Observation, Operation } from '../../types.ts'
import { written } from '../draft.ts'
import { ask } from '../state/observe.ts'
import { reach } from '../state/reach.ts'
import type { Session } from '../state/session.ts'

/** Beyond this a document lists what its framework can, and not what it means. */
const typesMax = 4

/**
 * Each media type that a success is documented in, asked for alone (RFC 9110, 12.5.1): where all are
 * accepted, only the first is ever seen. Some choose by
 * other means, so a refusal says nothing; what comes in a media type of its own is judged.
 */
export function* mediaTypes(
  session: Session,
  operation: Operation,
): Asking<readonly Observation[]> {
  const types = operation.responses
    .filter(({ status }) => status.startsWith('2'))
    .flatMap(({ content }) => content.map(({ mediaType }) => mediaType))
  const single = [...new Set(types)].filter((one) => !one.includes('*'))
  if (single.length < 2 || single.length > typesMax) return []
  const draft = (yield* reach(session, operation))?.draft
  if (draft === undefined) return []
  for (const type of single) {
    const planned = written(draft, `as ${type} alone`, { kind: 'odd' })
    const headers = planned.headers.filter(([name]) => !/^accept$/i.test(name))
    yield* ask(session, { ...planned, headers: [['Accept', type], ...headers] })
  }
  return []
}
