import { isObject } from '../../json.ts'
import { sample } from '../../schema/generate.ts'
import { placesIn, replacedAt } from '../../schema/places.ts'
import { numberIn, typesIn } from '../../schema/vary/variation.ts'
import type { Draft, DraftBody } from '../draft.ts'
import { referencesIn } from '../state/references.ts'
import type { Session } from '../state/session.ts'
import { isSame } from './same.ts'

/** A body with other values than the given one, wherever the schema leaves a choice. */
export const changed = (session: Session, draft: Draft, body: DraftBody): DraftBody => {
  const { document, schemas } = session.spec
  const { content } = body
  const { schema } = content
  if (schema === undefined) return body
  const fixed = new Set(
    referencesIn(session, { ...draft, body }).flatMap(({ at, part }) =>
      part === 'body' ? [at] : [],
    ),
  )
  let { value } = body
  for (const place of placesIn(document, { $ref: `#${schema}` }, value)) {
    const { at, value: part, schema: own, raw } = place
    if (at === '' || part === undefined || isObject(part) || fixed.has(at)) continue
    if (own['const'] !== undefined || own['format'] === 'date-time' || own['format'] === 'date')
      continue
    const options = [
      ...(typeof part === 'number' ? [part + 1, part - 1] : []),
      ...(typeof part === 'boolean' ? [!part] : []),
      ...[2, 5, 8, 11].map((index) => sample(raw, document, session.seed + session.next(), index)),
    ]
    const next = options.find(
      (one) => !isSame(one, part) && schemas.accepts(schema, 'request', replacedAt(value, at, one)),
    )
    if (next !== undefined) value = replacedAt(value, at, next)
  }
  return { content, value }
}

/** A body whose numbers have a fraction where they may: what is kept in whole numbers loses it. */
export const withFractions = (session: Session, body: DraftBody): DraftBody => {
  const { document, schemas } = session.spec
  const { schema } = body.content
  let { value } = body
  if (schema === undefined) return body
  for (const { at, value: part, schema: own } of placesIn(
    document,
    { $ref: `#${schema}` },
    value,
  )) {
    if (typeof part !== 'number' || !Number.isInteger(part) || !typesIn(own).includes('number'))
      continue
    const next = replacedAt(value, at, part + (numberIn(own, 'multipleOf') ?? 0.25))
    if (schemas.accepts(schema, 'request', next)) value = next
  }
  return { ...body, value }
}

/** Beyond this a bound is no bound that anybody wants to meet. */
const lengthMost = 20_000

const words = 'a longer text '.repeat(lengthMost / 14 + 1)

/** Characters of a text to which the document sets no bound: more than a column of a usual table shows. */
const lengthFree = 200

/** A body in which every free text is as long as it may be: what cuts texts short shows it. */
export const withLongTexts = (session: Session, draft: Draft, body: DraftBody): DraftBody => {
  const { document, schemas } = session.spec
  const { schema } = body.content
  let { value } = body
  if (schema === undefined) return body
  const called = new Set(referencesIn(session, { ...draft, body }).map(({ at }) => at))
  for (const place of placesIn(document, { $ref: `#${schema}` }, value)) {
    const { at, value: part, schema: own } = place
    const isFree =
      typesIn(own).includes('string') &&
      ['enum', 'const', 'format', 'pattern'].every((name) => own[name] === undefined)
    if (typeof part !== 'string' || !isFree || called.has(at)) continue
    const length = Math.min(numberIn(own, 'maxLength') ?? lengthFree, lengthMost)
    // Words, without a blank at the end, which some cut off.
    const text = `${part} ${words}`.trimStart().slice(0, length).replace(/ $/, 'x')
    const next = replacedAt(value, at, text)
    if (text.length > part.length && schemas.accepts(schema, 'request', next)) value = next
  }
  return { ...body, value }
}

/** A body with nothing in it that may be left out. */
export const required = (session: Session, body: DraftBody): DraftBody => {
  const { document, schemas } = session.spec
  const { schema } = body.content
  if (schema === undefined) return body
  let { value } = body
  for (const place of placesIn(document, { $ref: `#${schema}` }, value).toReversed()) {
    if (
      place.isRequired ||
      place.at === '' ||
      place.value === undefined ||
      place.at.split('/').length > 2
    )
      continue
    const next = replacedAt(value, place.at, undefined)
    if (schemas.accepts(schema, 'request', next)) value = next
  }
  return { ...body, value }
}
