import { named, arrayOr, isObject, objectOr, type JsonObject, type JsonValue } from '../../json.ts'
import { resolved } from '../../pointer.ts'
import { flattened } from '../../schema/merge.ts'
import type { Asking, Observation, Operation } from '../../types.ts'
import { readyDraft } from '../bases.ts'
import { written, type Draft } from '../draft.ts'
import { actionsOn } from '../state/creators.ts'
import { withOwnKey } from '../state/freshen.ts'
import { ask, isTaken, jsonOf } from '../state/observe.ts'
import { created, reach, repeated } from '../state/reach.ts'
import { operationAt, type Instance, type Session } from '../state/session.ts'
import { conditional, draftsOf, retargeted } from '../state/targets.ts'
import { resourceOf, skeletonOf } from '../state/templates.ts'
import { observed, successSchema } from './reading.ts'
import { wordsAt, wordsOfStatus } from './words.ts'

const once = /\b(already|exists?|taken|twice|duplicate|unique|in use)\b/i

/** Where the document says 409 to what is there or was done already: the same once more. */
export function* twice(session: Session, operation: Operation): Asking<readonly Observation[]> {
  const words = wordsOfStatus(session.spec, operation, '409')
  // A PUT or PATCH that is repeated asks for what is there already.
  if (!once.test(words) || ['PUT', 'PATCH'].includes(operation.method)) return []
  if ((yield* repeated(session, operation)) === undefined) return []
  const draft = yield* readyDraft(session, operation)
  if (draft === undefined) return []
  const first = yield* ask(session, written(draft, 'once'))
  if (!isTaken(first)) return []
  const second = yield* ask(session, written(withOwnKey(session, draft), 'the same once more'))
  return [
    observed('conflict-accepted', operation, [first, second], { words, state: 'was done already' }),
  ]
}

/** Properties of a thing that tell its state: enums and truth values, by the words for each. */
const statesOf = (
  session: Session,
  operation: Operation,
): ReadonlyMap<string, readonly JsonValue[]> => {
  const { document } = session.spec
  const schema = successSchema(operation)
  const properties =
    schema === undefined
      ? {}
      : objectOr(flattened(document, { $ref: `#${schema}` }, () => 0)['properties'])
  return new Map(
    Object.entries(properties).flatMap(([name, raw]): [string, readonly JsonValue[]][] => {
      const own = flattened(document, raw, () => 0)
      const values = arrayOr(own['enum']).filter((value) => typeof value === 'string')
      if (values.length > 1) return [[name, values]]
      return own['type'] === 'boolean' ? [[name, [true]]] : []
    }),
  )
}

/** A rule of a document: in which states of a thing an operation is refused. */
interface StateRule {
  readonly property: string
  readonly words: string
  readonly isRefused: (value: JsonValue) => boolean
}

const sentences = (text: string): readonly string[] => text.split(/(?<=[.;])\s+|\n{2,}/)

/** What the words on 409 say of states, as far as that is beyond doubt. */
export const rulesOf = (
  texts: readonly string[],
  states: ReadonlyMap<string, readonly JsonValue[]>,
): readonly StateRule[] =>
  texts.flatMap(sentences).flatMap((sentence) =>
    [...states].flatMap(([property, values]): readonly StateRule[] => {
      const spoken = values.filter((value) => {
        const word = value === true ? property : named(value)
        return new RegExp(`\\b${word.replaceAll(/[^\w]/g, '.')}\\b`, 'i').test(sentence)
      })
      const [value] = spoken
      if (spoken.length !== 1 || value === undefined) return []
      const word = value === true ? property : named(value)
      const not = new RegExp(
        `\\b(not|no longer|isn't|only|unless|until)\\b[^.]*\\b${word}\\b`,
        'i',
      ).test(sentence)
      const after = new RegExp(`\\b(is|are|was|a|an|been)\\s+(already\\s+)?${word}\\b`, 'i').test(
        sentence,
      )
      if (!not && !after) return []
      return [{ property, words: sentence.trim(), isRefused: (now) => (now === value) !== not }]
    }),
  )

/** Things on which each of the operations that change states was done, newest state last. */
function* inEachState(
  session: Session,
  resource: string,
  except: Operation,
): Asking<readonly (readonly [Instance, JsonObject])[]> {
  const reading = operationAt(session, 'GET', resource)
  const deleting = operationAt(session, 'DELETE', resource)
  const changing = [...actionsOn(session, resource), ...(deleting === undefined ? [] : [deleting])]
  const found: (readonly [Instance, JsonObject])[] = []
  for (const steps of [[], ...changing.filter((one) => one !== except).map((one) => [one])]) {
    const thing = yield* created(session, resource, 1)
    if (thing === undefined) return found
    let isDone = true
    let body: JsonValue | undefined
    for (const step of steps) {
      yield* reach(session, step, 1)
      const draft = session.learned.get(step)?.draft ?? draftsOf(session, step)[0]?.draft
      if (draft === undefined) continue
      const exchange = yield* ask(
        session,
        written(yield* conditional(session, retargeted(draft, thing)), 'setup', { kind: 'setup' }),
      )
      isDone = isDone && isTaken(exchange)
      body = jsonOf(exchange)
    }
    if (!isDone) continue
    const read = reading === undefined ? undefined : draftsOf(session, reading)[0]?.draft
    if (read !== undefined) {
      const now = jsonOf(yield* ask(session, written(retargeted(read, thing), 'reading its state')))
      if (isObject(now)) body = now
    }
    if (isObject(body)) found.push([thing, body])
  }
  return found
}

/** An operation tried in each state of a thing for which the document says that it answers 409. */
export function* inWrongStates(
  session: Session,
  operation: Operation,
): Asking<readonly Observation[]> {
  const { spec } = session
  const resource = resourceOf(operation.path)
  if (
    resource === undefined ||
    !operation.responses.some(({ status }) => /^(409|4XX)$/.test(status))
  )
    return []
  const told = sentences(wordsAt(spec, operation.pointer)).filter((text) =>
    /409|cannot|must not|only|not allowed|no longer/i.test(text),
  )
  const texts = [wordsOfStatus(spec, operation, '409'), ...told]
  const reading = operationAt(session, 'GET', resource)
  const states = statesOf(session, reading ?? operation)
  const rules = rulesOf(texts, states)
  if (rules.length === 0) return []
  const learned = yield* reach(session, operation)
  const base: Draft | undefined = learned?.draft ?? draftsOf(session, operation)[0]?.draft
  if (base === undefined) return []
  const observations: Observation[] = []
  for (const [thing, body] of yield* inEachState(session, resource, operation)) {
    const rule = rules.find(
      ({ property, isRefused }) => body[property] !== undefined && isRefused(body[property]),
    )
    if (rule === undefined) continue
    const draft = yield* conditional(session, retargeted(base, thing))
    const exchange = yield* ask(
      session,
      written(draft, `while "${rule.property}" is ${JSON.stringify(body[rule.property])}`),
    )
    const state = `"${rule.property}" is ${JSON.stringify(body[rule.property])}`
    observations.push(
      observed(
        'conflict-accepted',
        operation,
        [exchange, exchange],
        { words: rule.words, state },
        resolved(spec.document, operation.pointer)?.pointer ?? operation.pointer,
      ),
    )
  }
  return observations
}

/** Whether an operation is about a thing itself or something done to it. */
export const isAboutThing = ({ path }: Operation): boolean => skeletonOf(path).includes('{}')
