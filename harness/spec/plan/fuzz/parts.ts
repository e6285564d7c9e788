import type { JsonObject, JsonValue } from '../../json.ts'
import { parentOf, segmentsOf, valueAt } from '../../pointer.ts'
import { flattened } from '../../schema/merge.ts'
import { placesIn, replacedAt, type ValuePlace } from '../../schema/places.ts'
import { partName } from '../../schema/vary/variation.ts'
import type { Parameter } from '../../types.ts'
import { isSendable } from '../choices.ts'
import { withBody, withParameter, type Draft } from '../draft.ts'
import { referencesIn } from '../state/references.ts'
import type { Session } from '../state/session.ts'
import { isPlain, isStateful, isValidAsText, isVariable, isVariedIn } from '../variants.ts'

/** A change of a request, made in any draft of its operation. */
export interface Change {
  readonly words: string
  readonly apply: (draft: Draft) => Draft
}

/** What can be changed in a request: a parameter, or a place in its body. */
export interface Part {
  /** Tells it from all others. */
  readonly key: string
  /** As documents and answers call it. */
  readonly name: string
  readonly raw: JsonValue
  /** `raw`, one level deep. */
  readonly schema: JsonObject
  /** Whether it is there, and may be left out. */
  readonly isDroppable: boolean
  /** Gives it another value, or takes it away; `undefined` where that cannot be sent. */
  readonly set: (value: JsonValue | undefined) => Change | undefined
}

const shortened = (value: JsonValue): string => {
  const text = JSON.stringify(value)
  return text.length <= 40 ? text : `${text.slice(0, 39)}…`
}

const wordsOf = (name: string, value: JsonValue | undefined): string =>
  value === undefined ? `without ${name}` : `${name} is ${shortened(value)}`

const partOfBody = ({ at, isRequired, raw, schema, value: known }: ValuePlace): Part => ({
  key: `body ${at}`,
  name: segmentsOf(at).findLast((segment) => !/^\d+$/.test(segment)) ?? '',
  raw,
  schema,
  isDroppable: !isRequired && known !== undefined,
  set: (value) => ({
    words: wordsOf(partName(at), value),
    apply: (draft) => {
      const whole = draft.body?.value
      // Another change may have taken away what it stands in.
      if (whole === undefined || valueAt(whole, parentOf(at)) === undefined) return draft
      return withBody(draft, replacedAt(whole, at, value))
    },
  }),
})

const partOfParameter = (session: Session, draft: Draft, parameter: Parameter): Part => {
  const { name, in: place, required } = parameter
  const { spec } = session
  const raw = { $ref: `#${parameter.schema}` }
  return {
    key: `${place} ${name}`,
    name,
    raw,
    schema: flattened(spec.document, raw, () => 0),
    isDroppable: !required && draft.values.some(([one]) => one.in === place && one.name === name),
    set: (value) => {
      const isRight =
        value === undefined ||
        (isPlain(value) && isSendable(parameter, value) && isValidAsText(spec, parameter, value))
      return isRight
        ? {
            words: wordsOf(`"${name}"`, value),
            apply: (one) => withParameter(one, parameter, value),
          }
        : undefined
    },
  }
}

/** The parts of a draft that may be others: not what calls things by their ids, nor states. */
export const partsOf = (session: Session, draft: Draft): readonly Part[] => {
  const { body, operation } = draft
  const references = referencesIn(session, draft)
  const isFree = (part: string, at: string): boolean =>
    !references.some((one) => one.part === part && one.at === at)
  const parameters = operation.parameters
    .filter((one) => isVariedIn(one) && one.in !== 'path' && !isStateful(one))
    .filter((one) => isFree(one.in, one.name))
    .map((one) => partOfParameter(session, draft, one))
  const { schema, mediaType } = body?.content ?? {}
  if (schema === undefined || mediaType === undefined || !isVariable(mediaType)) return parameters
  const places = placesIn(session.spec.document, { $ref: `#${schema}` }, body?.value)
    .filter(({ at }) => at !== '' && isFree('body', at))
    .map(partOfBody)
  return [...parameters, ...places]
}
