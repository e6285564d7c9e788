import { headerOf, isSafeMethod, type Exchange } from '../../../model/http.ts'
import { sample } from '../../schema/generate.ts'
import type { Asking, Operation, PlannedRequest } from '../../types.ts'
import { isSendable } from '../choices.ts'
import { chooseCredentials } from '../choose-credentials.ts'
import { withParameter, written, type Draft } from '../draft.ts'
import { planExamples, type NamedDraft } from '../examples.ts'
import { withOwnKey } from './freshen.ts'
import { ask } from './observe.ts'
import { referred } from './references.ts'
import { operationAt, type Instance, type Session } from './session.ts'
import { placesOf, skeletonOf } from './templates.ts'

/** Whether an operation leaves the provider as it is (RFC 9110, 9.2.1). */
export const isSafe = ({ method }: Operation): boolean => isSafeMethod(method)

/** All drafts of an operation that planning alone can make, the documented ones first. */
export const draftsOf = (session: Session, operation: Operation): readonly NamedDraft[] => {
  const { spec, seed, given, credentials } = session
  const { names } = chooseCredentials(operation.security, credentials, spec.securitySchemes)
  const planned = planExamples(operation, { spec, seed, given, credentials: names })
  return 'drafts' in planned ? planned.drafts : []
}

/** The draft about another thing: the places of its path are filled with that thing's values. */
export const retargeted = (draft: Draft, { values }: Instance): Draft =>
  placesOf(draft.operation.path).reduce((result, name, index) => {
    const parameter = draft.operation.parameters.find(
      (one) => one.in === 'path' && one.name === name,
    )
    const value = values[index]
    return parameter === undefined || value === undefined
      ? result
      : withParameter(result, parameter, value)
  }, draft)

/** A draft as it is sent to make a state for others. */
export const setup = (draft: Draft): PlannedRequest => written(draft, 'setup', { kind: 'setup' })

/**
 * The draft with the entity tag that the thing has now, where the operation asks for one (RFC 9110,
 * 13.1.1), and under a name of its own where requests have names.
 */
export function* conditional(session: Session, draft: Draft): Asking<Draft> {
  const named = withOwnKey(session, draft)
  const { operation } = named
  const parameter = operation.parameters.find(
    ({ in: place, name }) => place === 'header' && name.toLowerCase() === 'if-match',
  )
  const reading = operationAt(session, 'GET', skeletonOf(operation.path))
  if (parameter === undefined || reading === undefined) return named
  const read = draftsOf(session, reading)[0]?.draft
  if (read === undefined) return named
  const same: Instance = {
    resource: '',
    origin: 'listed',
    values: placesOf(operation.path).map(
      (name) => draft.values.find(([one]) => one.in === 'path' && one.name === name)?.[1] ?? '',
    ),
  }
  const exchange = yield* ask(session, setup(retargeted(read, same)))
  const etag = headerOf(exchange.answer?.headers ?? [], 'etag')
  return etag === undefined ? named : withParameter(named, parameter, etag)
}

/** PUT makes a thing under a name that the client chooses: another name, another thing. */
export function* renamed(session: Session, draft: Draft): Asking<Draft> {
  const name = placesOf(draft.operation.path).at(-1)
  const parameter = draft.operation.parameters.find((one) => one.in === 'path' && one.name === name)
  if (parameter?.schema === undefined) return draft
  const { document, schemas } = session.spec
  const value = sample({ $ref: `#${parameter.schema}` }, document, session.seed + session.next(), 2)
  const isUsable =
    isSendable(parameter, value) && schemas.accepts(parameter.schema, 'request', value)
  const moved = isUsable ? withParameter(draft, parameter, value) : draft
  return yield* referred(session, moved, 0, () => [])
}

/** A draft as it is sent: for its own sake, or `depth` operations away from what is asked. */
export const asked = (draft: Draft, name: string, depth: number): PlannedRequest =>
  written(draft, name, depth === 0 ? { kind: 'valid' } : { kind: 'setup' })

/** Statuses that no other state or thing will mend. */
export const isHopeless = ({ answer }: Exchange): boolean =>
  answer !== undefined && [401, 403, 429].includes(answer.status)
