import type { Asking, Observation, Operation } from '../../types.ts'
import { readyDraft } from '../bases.ts'
import { written } from '../draft.ts'
import { ask } from '../state/observe.ts'
import { created } from '../state/reach.ts'
import type { Session } from '../state/session.ts'
import { conditional, retargeted } from '../state/targets.ts'
import { resourceOf } from '../state/templates.ts'
import { bear, childKindsOf, type ChildKind } from './children.ts'
import { concerns } from './concerns.ts'
import { broughtInto } from './meant.ts'
import { observed } from './reading.ts'
import { sentencesOf } from './state-rules.ts'
import { wordsAt, wordsOfStatus } from './words.ts'

/** Words for what a thing has, whatever it is. */
const anything =
  /\b(not empty|is(n't| not) emptied|must be empty|(something|anything) (lies|is|still)|(has|have|with) (any |some )?(children|contents?|dependents|dependencies|references)|still referenced)\b/i

const having =
  /\b(with|without|has|have|having|holds?|contains?|any|there (is|are)|while|until|belongs?|no)\b/i

const names = (sentence: string, { noun }: ChildKind): boolean =>
  noun.length > 2 && new RegExp(`\\b${noun}(s|es)?\\b`, 'i').test(sentence)

/** What must not be deleted while something belongs to it, as the document says, with just that. */
export function* occupied(session: Session, operation: Operation): Asking<readonly Observation[]> {
  const { spec } = session
  const resource = resourceOf(operation.path)
  if (
    resource === undefined ||
    !operation.responses.some(({ status }) => /^(409|4XX)$/.test(status))
  )
    return []
  const kinds = childKindsOf(session, resource)
  const told = sentencesOf(wordsAt(spec, operation.pointer)).filter(
    (text) => /409|cannot|can't|must not|only|not allowed/i.test(text) && concerns(text, operation),
  )
  const observations: Observation[] = []
  for (const sentence of [...sentencesOf(wordsOfStatus(spec, operation, '409')), ...told]) {
    const named = having.test(sentence) ? kinds.filter((kind) => names(sentence, kind)) : []
    const isAnything = named.length === 0 && anything.test(sentence)
    // What a thing holds stands below it in the paths, where anything does.
    const held = kinds.filter((kind) => kind.resource.startsWith(`${resource}/`))
    const wanted = isAnything ? (held.length > 0 ? held : kinds) : named
    if (wanted.length === 0) continue
    const parent = yield* created(session, resource, 1)
    const draft = parent === undefined ? undefined : yield* readyDraft(session, operation)
    if (parent === undefined || draft === undefined) return observations
    const found: string[] = []
    for (const kind of wanted) {
      const child = yield* bear(session, kind, parent)
      if (child === undefined) continue
      const isRight = isAnything || (yield* broughtInto(session, sentence, child)) !== undefined
      if (isRight) found.push(kind.noun)
    }
    // Where anything stands in the way, everything that there can be must be there.
    if (found.length === 0 || (isAnything && found.length < wanted.length)) continue
    const ready = yield* conditional(session, retargeted(draft, parent))
    const exchange = yield* ask(session, written(ready, `deleting what has a ${found[0]}`))
    observations.push(
      observed('conflict-accepted', operation, [exchange, exchange], {
        words: sentence,
        state: `has a ${found.join(' and a ')}`,
      }),
    )
  }
  return observations
}
