import { arrayOr, type JsonValue } from '../../json.ts'
import { sample } from '../../schema/generate.ts'
import { placesIn, replacedAt, type ValuePlace } from '../../schema/places.ts'
import type { Draft, DraftBody } from '../draft.ts'
import type { Session } from '../state/session.ts'

/** A name or a value as a sentence writes it: `uniqueName` is *unique name* there. */
const phraseOf = (name: string): RegExp => {
  const parts = name.split(/(?<=[a-z0-9])(?=[A-Z])|[\s_-]+/).filter((part) => part !== '')
  return new RegExp(
    `\\b${parts.map((part) => part.replaceAll(/\W/g, '.')).join('[\\s_-]*')}s?\\b`,
    'i',
  )
}

interface Spoken {
  readonly place: ValuePlace
  /** The member of its enum that the words name. */
  readonly member?: JsonValue
  readonly isHeld: boolean
}

const spokenAt = (place: ValuePlace, words: string): readonly Spoken[] => {
  const name = place.at.split('/').at(-1) ?? ''
  if (place.at === '' || /^\d+$/.test(name)) return []
  const members = arrayOr(place.schema['enum'])
    .filter((member) => typeof member === 'string' && phraseOf(member).test(words))
    .map((member) => ({ place, member, isHeld: place.value === member }))
  const isNamed = phraseOf(name).test(words)
  return isNamed ? [...members, { place, isHeld: place.value !== undefined }] : members
}

/**
 * The body of a draft with what words of the document speak of: where they name properties or states
 * and none of them is in it, one is put in; else a request is not what the words are about.
 */
export const spokenOf = (session: Session, draft: Draft, words: string): DraftBody | undefined => {
  const { spec, seed } = session
  const { body } = draft
  const { schema } = body?.content ?? {}
  if (body === undefined || schema === undefined) return body
  const places = placesIn(spec.document, { $ref: `#${schema}` }, body.value)
  const spoken = places.flatMap((place) => spokenAt(place, words))
  if (spoken.some(({ isHeld }) => isHeld)) return body
  return spoken
    .map(({ place, member }) => member ?? sample(place.raw, spec.document, seed, 2))
    .map((value, index) => replacedAt(body.value, spoken[index]?.place.at ?? '', value))
    .filter((value) => spec.schemas.accepts(schema, 'request', value))
    .map((value) => ({ ...body, value }))
    .concat([body])[0]
}
