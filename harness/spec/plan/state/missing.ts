import { named } from '../../json.ts'
import { sample } from '../../schema/generate.ts'
import { isSendable } from '../choices.ts'
import { withParameter, type Draft } from '../draft.ts'
import { instancesOf, type Session } from './session.ts'
import { resourceOf } from './templates.ts'

/** The draft about something that there is not, as far as anybody knows. */
export const missing = (session: Session, draft: Draft): Draft | undefined => {
  const { spec, seed } = session
  const { operation } = draft
  const resource = resourceOf(operation.path)
  const place = operation.parameters.findLast((one) => one.in === 'path')
  if (resource === undefined || place?.schema === undefined) return undefined
  const known = new Set(instancesOf(session, resource).map(({ values }) => named(values.at(-1))))
  for (let turn = 0; turn < 5; turn += 1) {
    const salt = seed + session.next() * 7919
    const made = sample({ $ref: `#${place.schema}` }, spec.document, salt, 2 + turn)
    const value = typeof made === 'number' ? made + 700_000 + turn : made
    const isRight = isSendable(place, value) && spec.schemas.accepts(place.schema, 'request', value)
    if (isRight && !known.has(named(value))) return withParameter(draft, place, value)
  }
  return undefined
}
