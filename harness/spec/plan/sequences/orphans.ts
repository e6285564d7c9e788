import type { Exchange } from '../../../model/http.ts'
import { isObject } from '../../json.ts'
import type { Asking, Observation, Operation } from '../../types.ts'
import { readyDraft } from '../bases.ts'
import { written } from '../draft.ts'
import { ask, isTaken, itemsIn, jsonOf } from '../state/observe.ts'
import { created } from '../state/reach.ts'
import { operationAt, type Instance, type Session } from '../state/session.ts'
import { conditional, draftsOf, retargeted } from '../state/targets.ts'
import { nounOf, placesOf, resourceOf, skeletonOf } from '../state/templates.ts'
import { bear, childKindsOf, type Child } from './children.ts'
import { isAnotherEnd } from './deleted.ts'
import { broughtInto } from './meant.ts'
import { observed, read } from './reading.ts'
import { sentencesOf } from './state-rules.ts'
import { wordsOfSuccess } from './words.ts'

/** What is kept on purpose of things that are no more. */
const kept = /audit|histor|log|event|activit|record|archive|statement|invoice|version|revision/i

const together = /\b(with|together with|including|along with|and|as well as|cascad\w*)\b/i

interface Look {
  readonly operation: Operation
  readonly thing: Instance
}

/** What there is to be read below a thing: its lists, its parts, and what was put into them. */
const looksAt = (
  session: Session,
  parent: Instance,
  children: readonly Child[],
): readonly Look[] => {
  const below = session.spec.operations.filter(
    ({ method, path }) =>
      method === 'GET' &&
      skeletonOf(path).startsWith(`${parent.resource}/`) &&
      placesOf(path).length === parent.values.length &&
      !kept.test(nounOf(path)),
  )
  const own = children.flatMap(({ thing }): readonly Look[] => {
    const operation = thing === undefined ? undefined : operationAt(session, 'GET', thing.resource)
    return thing === undefined || operation === undefined || kept.test(nounOf(operation.path))
      ? []
      : [{ operation, thing }]
  })
  return [...below.map((operation) => ({ operation, thing: parent })), ...own]
}

/** Looks at something; whether anything is there. */
function* look(
  session: Session,
  { operation, thing }: Look,
): Asking<{ readonly exchange: Exchange; readonly isThere: boolean } | undefined> {
  const draft = draftsOf(session, operation)[0]?.draft
  if (draft === undefined) return undefined
  const exchange = yield* ask(session, written(retargeted(draft, thing), 'what belongs to it'))
  const body = jsonOf(exchange)
  const isList = Array.isArray(body) || skeletonOf(operation.path).split('/').at(-1) !== '{}'
  const isFull =
    isList && (Array.isArray(body) || isObject(body))
      ? itemsIn(session, operation, body).length > 0
      : isObject(body) && Object.keys(body).length > 0
  return { exchange, isThere: isTaken(exchange) && isFull }
}

/** What belongs to a thing that is deleted is gone with it, unless the document describes another end. */
export function* orphans(session: Session, operation: Operation): Asking<readonly Observation[]> {
  const { spec } = session
  const resource = resourceOf(operation.path)
  if (resource === undefined || skeletonOf(operation.path) !== resource) return []
  if (operationAt(session, 'GET', resource) === undefined || isAnotherEnd(spec, operation))
    return []
  const said = sentencesOf(wordsOfSuccess(spec, operation)).filter((one) => together.test(one))
  const sentenceFor = ({ noun }: Child['kind']): string | undefined =>
    said.find((one) => new RegExp(`\\b${noun}(s|es)?\\b`, 'i').test(one))
  const kinds = childKindsOf(session, resource).filter(
    (kind) => kind.resource.startsWith(`${resource}/`) || sentenceFor(kind) !== undefined,
  )
  if (kinds.length === 0) return []
  const parent = yield* created(session, resource, 1)
  const draft = parent === undefined ? undefined : yield* readyDraft(session, operation)
  if (parent === undefined || draft === undefined) return []
  const children: Child[] = []
  for (const kind of kinds) {
    const child = yield* bear(session, kind, parent)
    const sentence = sentenceFor(kind)
    const meant =
      child === undefined || sentence === undefined
        ? child
        : yield* broughtInto(session, sentence, child)
    if (meant !== undefined) children.push(meant)
  }
  const looks: (Look & { readonly before: Exchange })[] = []
  for (const one of looksAt(session, parent, children)) {
    const before = yield* look(session, one)
    if (before?.isThere === true) looks.push({ ...one, before: before.exchange })
  }
  if (looks.length === 0) return []
  const ready = yield* conditional(session, retargeted(draft, parent))
  const deleted = yield* ask(session, written(ready, 'deleting what something belongs to'))
  // A thing that is there still is another fault, or none.
  if (!isTaken(deleted) || (yield* read(session, parent))?.body !== undefined) return []
  for (const one of looks) {
    const after = yield* look(session, one)
    if (after?.isThere === true)
      return [
        observed('deleted-still-there', operation, [one.before, deleted, after.exchange], {
          how: 'child',
          path: one.operation.path,
        }),
      ]
  }
  return []
}
