import { isObject, type JsonObject, type JsonValue } from '../../json.ts'
import { replacedAt } from '../../schema/places.ts'
import type { Asking, Operation } from '../../types.ts'
import { withBody, written, type Draft } from '../draft.ts'
import { actionsOn } from '../state/creators.ts'
import { ask, isTaken, jsonOf } from '../state/observe.ts'
import { created, reach } from '../state/reach.ts'
import { operationAt, type Instance, type Session } from '../state/session.ts'
import { conditional, draftsOf, retargeted } from '../state/targets.ts'
import type { States } from './state-rules.ts'

/** A thing, and how it is read after something was done to it. */
export type InState = readonly [Instance, JsonObject]

const setup = { kind: 'setup' } as const
const valuesMax = 5

/** One thing that is done to a new thing, and the body with which it is, where that is not the usual. */
interface Step {
  readonly operation: Operation
  readonly change?: (body: JsonValue) => readonly JsonValue[]
}

/** Changes that write a state where the document lets everybody write it. */
const writes = (session: Session, resource: string, states: States): readonly Step[] =>
  ['PATCH', 'PUT'].flatMap((method) => {
    const operation = operationAt(session, method, resource)
    if (operation === undefined) return []
    return [...states].flatMap(([property, values]) =>
      values.slice(0, valuesMax).map((value) => ({
        operation,
        change: (body: JsonValue): readonly JsonValue[] => [
          ...(method === 'PATCH' ? [{ [property]: value }] : []),
          replacedAt(body, `/${property}`, value),
        ],
      })),
    )
  })

const draftFor = (session: Session, { operation, change }: Step): Draft | undefined => {
  const draft = session.learned.get(operation)?.draft ?? draftsOf(session, operation)[0]?.draft
  if (change === undefined || draft?.body === undefined) return change ? undefined : draft
  const { schema } = draft.body.content
  const value = change(draft.body.value).find(
    (one) => schema !== undefined && session.spec.schemas.accepts(schema, 'request', one),
  )
  return value === undefined ? undefined : withBody(draft, value)
}

/**
 * Things of a kind in the states into which they can be brought: as they are made, after each operation
 * that changes one or deletes it, and after each value that can be written.
 */
export function* inEachState(
  session: Session,
  resource: string,
  states: States,
  except?: Operation,
): Asking<readonly InState[]> {
  const reading = operationAt(session, 'GET', resource)
  const deleting = operationAt(session, 'DELETE', resource)
  const steps: readonly (Step | undefined)[] = [
    undefined,
    ...[...actionsOn(session, resource), ...(deleting === undefined ? [] : [deleting])]
      .filter((one) => one !== except)
      .map((operation) => ({ operation })),
    ...writes(session, resource, states),
  ]
  const found: InState[] = []
  for (const step of steps) {
    if (step !== undefined) yield* reach(session, step.operation, 1)
    const draft = step === undefined ? undefined : draftFor(session, step)
    if (step !== undefined && draft === undefined) continue
    const thing = yield* created(session, resource, 1)
    if (thing === undefined) return found
    let body: JsonValue | undefined
    if (draft !== undefined) {
      const ready = yield* conditional(session, retargeted(draft, thing))
      const exchange = yield* ask(session, written(ready, 'setup', setup))
      if (!isTaken(exchange)) continue
      body = jsonOf(exchange)
    }
    const read = reading === undefined ? undefined : draftsOf(session, reading)[0]?.draft
    if (read !== undefined) {
      const now = jsonOf(yield* ask(session, written(retargeted(read, thing), 'reading its state')))
      if (isObject(now)) body = now
    }
    if (isObject(body)) found.push([thing, body])
  }
  return found
}
