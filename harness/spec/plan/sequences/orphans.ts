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
import { bear, childKindsOf, type Child, type ChildKind } from './children.ts'
import { isAnotherEnd } from './deleted.ts'
import { broughtInto } from './meant.ts'
import { observed, read } from './reading.ts'
import { sentencesOf } from './state-rules.ts'
import { wordsOfSuccess } from './words.ts'

/** What is kept on purpose of things that are no more. */
const kept = /audit|histor|log|event|activit|record|archive|statement|invoice|version|revision/i

/** Words with which a document says that something stays though what it belongs to does not. */
const staying =
  /\b(not|never) (be )?(deleted|removed|affected|touched)|\b(remains?|left in place|kept|stays?|survives?)\b/i

/** Whether a sentence says that a kind goes with what it belongs to: *with all its loans*. */
const saysTogether = (sentence: string, noun: string): boolean =>
  [
    `\\b(with|and|including|as well as)\\s+(?:(?:all|any|every|of|its|their|the)\\s+)+(?:\\w+\\s+)?${noun}(s|es)?\\b`,
    `\\bcascad\\w*\\b.*\\b${noun}`,
    `\\b${noun}(s|es)? (are|is) (also )?(deleted|removed)`,
  ].some((pattern) => new RegExp(pattern, 'i').test(sentence))

interface Look {
  readonly operation: Operation
  readonly thing: Instance
}

/** What there is to be read below a thing: its lists, its parts, and what was put into them. */
const looksAt = (
  session: Session,
  parent: Instance,
  children: readonly Child[],
  isNamed: (kind: ChildKind) => boolean,
): readonly Look[] => {
  const below = session.spec.operations.filter(
    ({ method, path }) =>
      method === 'GET' &&
      skeletonOf(path).startsWith(`${parent.resource}/`) &&
      placesOf(path).length === parent.values.length &&
      !kept.test(nounOf(path)),
  )
  const own = children.flatMap(({ thing, kind }): readonly Look[] => {
    const operation = thing === undefined ? undefined : operationAt(session, 'GET', thing.resource)
    return thing === undefined ||
      operation === undefined ||
      (!isNamed(kind) && kept.test(nounOf(operation.path)))
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
  const said = sentencesOf(wordsOfSuccess(spec, operation))
  if (said.some((one) => staying.test(one))) return []
  const sentenceFor = ({ noun }: ChildKind): string | undefined =>
    said.find((one) => saysTogether(one, noun))
  const kinds = childKindsOf(session, resource).filter(
    (kind) => kind.resource.startsWith(`${resource}/`) || sentenceFor(kind) !== undefined,
  )
  // Some of them may stand in the way of deleting it: then each for itself.
  for (const some of [kinds, ...(kinds.length > 1 ? kinds.map((kind) => [kind]) : [])]) {
    const left = yield* leftOf(session, operation, resource, some, sentenceFor)
    if (left !== 'refused') return left
  }
  return []
}

/** Deletes a new thing to which these belong, and looks for them. */
function* leftOf(
  session: Session,
  operation: Operation,
  resource: string,
  kinds: readonly ChildKind[],
  sentenceFor: (kind: ChildKind) => string | undefined,
): Asking<readonly Observation[] | 'refused'> {
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
  for (const one of looksAt(session, parent, children, (kind) => sentenceFor(kind) !== undefined)) {
    const before = yield* look(session, one)
    if (before?.isThere === true) looks.push({ ...one, before: before.exchange })
  }
  if (looks.length === 0) return []
  const ready = yield* conditional(session, retargeted(draft, parent))
  const deleted = yield* ask(session, written(ready, 'deleting what something belongs to'))
  if (!isTaken(deleted)) return 'refused'
  // A thing that is there still is another fault, or none.
  if ((yield* read(session, parent))?.body !== undefined) return []
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
