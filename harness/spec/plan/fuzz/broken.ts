import * as fc from 'fast-check'
import { isObject, type JsonValue } from '../../json.ts'
import { arbitraryOf } from '../../schema/arbitrary/arbitrary.ts'
import { placesIn, replacedAt } from '../../schema/places.ts'
import { outside } from '../boundaries.ts'
import { withBody, type Draft } from '../draft.ts'
import { brokenInBody, brokenInParameters } from '../negatives.ts'
import { bodyVariants, parameterVariants, type Variant } from '../variants.ts'
import type { Drawing } from './drawn.ts'

/** All lists of a value turned round, so that what is said of a first item is said of the last. */
const turned = (value: JsonValue): JsonValue => {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(turned).toReversed()
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, turned(part)]))
}

const turnedDraft = (draft: Draft): Draft =>
  draft.body === undefined ? draft : withBody(draft, turned(draft.body.value))

/** The same breach in the last item of each list, in place of the first. */
const inLastItems = (variant: Variant): Variant => ({
  ...variant,
  words: variant.words.replaceAll('[0]', '[last]'),
  apply: (draft) => turnedDraft(variant.apply(turnedDraft(draft))),
})

const hasLongList = (value: JsonValue): boolean =>
  Array.isArray(value)
    ? value.length > 1 || (value as readonly JsonValue[]).some(hasLongList)
    : isObject(value) && Object.values(value).some(hasLongList)

const triesMax = 12

/** The draft with more than one item in each list that has room for it. */
const withLongLists = ({ session, dice }: Drawing, draft: Draft): Draft => {
  const { content } = draft.body ?? {}
  const { document, schemas } = session.spec
  if (content?.schema === undefined || draft.body === undefined) return draft
  const pointer = content.schema
  let { value: body } = draft.body
  for (const place of placesIn(document, { $ref: `#${pointer}` }, body)) {
    if (!Array.isArray(place.value) || place.value.length > 1) continue
    const drawn = fc.sample(arbitraryOf(place.raw, document), {
      seed: dice.roll(2 ** 30),
      numRuns: triesMax,
    })
    for (const value of drawn) {
      if (!Array.isArray(value) || value.length < 2) continue
      const next = replacedAt(body, place.at, value)
      if (!schemas.accepts(pointer, 'request', next)) continue
      body = next
      break
    }
  }
  return withBody(draft, body)
}

/** Breaches of one clause each, anywhere in a draft, in an order of chance. */
export const breachesByChance = (
  { session, dice, ...rest }: Drawing,
  short: Draft,
  count: number,
): { readonly base: Draft; readonly variants: readonly Variant[] } => {
  const draft = withLongLists({ session, dice, ...rest }, short)
  const { spec, seed } = session
  const context = { document: spec.document, seed }
  const mediaType = draft.body?.content.mediaType ?? ''
  const kinds = [...brokenInBody(mediaType), ...outside]
  const inBody = bodyVariants(spec, draft, kinds, context, false)
  const isLong = draft.body !== undefined && hasLongList(draft.body.value)
  const inItems = isLong
    ? bodyVariants(spec, turnedDraft(draft), kinds, context, false)
        .filter(({ words }) => words.includes('[0]'))
        .map(inLastItems)
    : []
  const inPlaces = parameterVariants(
    spec,
    draft,
    [...brokenInParameters, ...outside],
    context,
    false,
  )
  // Items, the rest of the body, and parameters in turn, so that none is drowned by the others.
  const groups = [inItems, inBody, inPlaces].filter((group) => group.length > 0)
  const variants = Array.from({ length: groups.length === 0 ? 0 : count }, (_, index) =>
    dice.pick(groups[index % groups.length] ?? []),
  ).filter((variant) => variant !== undefined)
  return { base: draft, variants }
}
