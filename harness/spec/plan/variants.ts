import { isObject, type JsonValue } from '../json.ts'
import { isForm, isJson } from '../media-type.ts'
import { sample } from '../schema/generate.ts'
import { placesIn, replacedAt, type ValuePlace } from '../schema/places.ts'
import { asForm, parameterReadings } from '../schema/readings.ts'
import type { VaryContext, Variation } from '../schema/vary/variation.ts'
import type { Breach, Operation, Parameter, Spec } from '../types.ts'
import { hasLegalName, isSendable } from './choices.ts'
import { withBody, withParameter, type Draft } from './draft.ts'
import { isIdempotencyKey } from './state/freshen.ts'

/** A request that differs in one thing from one that is taken. */
export interface Variant {
  readonly words: string
  /** The part that is varied: `body /lines/0/sku`, `query limit`. */
  readonly part: string
  readonly rule: string
  readonly value?: JsonValue
  readonly breach: Breach
  /** Makes the same change in another draft of the operation. */
  apply(draft: Draft): Draft
}

/** Makes variations of one place of a value. */
export type Vary = (place: ValuePlace, context: VaryContext) => readonly Variation[]

const variantsMax = 150

const bodyVariant = (variation: Variation): Variant => ({
  words: variation.words,
  part: `body ${variation.at}`,
  rule: variation.rule,
  ...(variation.value === undefined ? {} : { value: variation.value }),
  breach: { part: 'body' },
  apply: (draft) =>
    draft.body === undefined
      ? draft
      : withBody(draft, replacedAt(draft.body.value, variation.at, variation.value)),
})

/** Whether a draft's body is as its schema wants it once it is sent; `undefined` where there is none. */
const isBodyValid = ({ schemas, document }: Spec, { body }: Draft): boolean | undefined => {
  const { schema, mediaType = '' } = body?.content ?? {}
  if (schema === undefined || body === undefined) return undefined
  const { value } = body
  const sent = isForm(mediaType) && isObject(value) ? asForm(document, schema, value) : value
  return schemas.accepts(schema, 'request', sent)
}

/** Media types whose bodies can be varied: those that keep the types of values, and forms. */
export const isVariable = (mediaType: string): boolean => isJson(mediaType) || isForm(mediaType)

/** Variants of the body of a draft that keep its schema, or that break it. */
export const bodyVariants = (
  spec: Spec,
  draft: Draft,
  vary: readonly Vary[],
  context: VaryContext,
  isValid: boolean,
): readonly Variant[] => {
  const { body } = draft
  if (body?.content.schema === undefined || !isVariable(body.content.mediaType)) return []
  const places = placesIn(spec.document, { $ref: `#${body.content.schema}` }, body.value)
  const seen = new Set<string>()
  return places
    .flatMap((place) => vary.flatMap((make) => make(place, context)))
    .map(bodyVariant)
    .filter((variant) => {
      const varied = variant.apply(draft)
      const key = JSON.stringify(varied.body?.value)
      if (seen.has(key) || isBodyValid(spec, varied) !== isValid) return false
      seen.add(key)
      return true
    })
    .slice(0, variantsMax)
}

const parameterVariant = (
  parameter: Parameter,
  value: JsonValue,
  variation: Variation,
): Variant => ({
  words: variation.words
    .replace('the body', `"${parameter.name}"`)
    .replace(/^"\[/, `"${parameter.name}[`),
  part: `${parameter.in} ${parameter.name} ${variation.at}`,
  rule: variation.rule,
  ...(variation.value === undefined ? {} : { value: variation.value }),
  breach: { part: 'parameter', parameter },
  apply: (draft) =>
    withParameter(draft, parameter, replacedAt(value, variation.at, variation.value)),
})

/** Whether a value keeps a parameter's schema once it is text (OpenAPI 3.1, 4.8.12). */
export const isValidAsText = (spec: Spec, parameter: Parameter, value: JsonValue): boolean => {
  const { schema } = parameter
  if (schema === undefined) return true
  if (spec.schemas.accepts(schema, 'request', value)) return true
  return parameterReadings(spec.document, parameter, value).some((reading) =>
    spec.schemas.accepts(schema, 'request', reading),
  )
}

/** A parameter's value in a draft, or one that it might have. */
export const valueFor = (
  spec: Spec,
  draft: Draft,
  parameter: Parameter,
  seed: number,
): JsonValue | undefined => {
  const known = draft.values.find(([one]) => one.in === parameter.in && one.name === parameter.name)
  if (known !== undefined) return known[1]
  if (parameter.schema === undefined) return undefined
  return sample({ $ref: `#${parameter.schema}` }, spec.document, seed, 2)
}

/** Whether a parameter is varied at all. */
export const isVariedIn = (parameter: Parameter): boolean =>
  parameter.in !== 'cookie' &&
  parameter.schema !== undefined &&
  parameter.mediaType === undefined &&
  parameter.style !== 'deepObject' &&
  hasLegalName(parameter)

/** Variants of the parameters of a draft that keep their schemas, or that break them. */
export const parameterVariants = (
  spec: Spec,
  draft: Draft,
  vary: readonly Vary[],
  context: VaryContext,
  isValid: boolean,
): readonly Variant[] =>
  draft.operation.parameters.filter(isVariedIn).flatMap((parameter) => {
    // Which thing a path calls is no matter of form: its values are only broken.
    if (isValid && (parameter.in === 'path' || isStateful(parameter))) return []
    const value = valueFor(spec, draft, parameter, context.seed)
    if (value === undefined) return []
    const raw = { $ref: `#${parameter.schema}` }
    return placesIn(spec.document, raw, value)
      .flatMap((place) => vary.flatMap((make) => make({ ...place, isRequired: true }, context)))
      .filter((variation) => {
        if (variation.value === undefined || variation.value === null) return false
        const whole = replacedAt(value, variation.at, variation.value)
        if (!isSendable(parameter, whole) || !isPlain(whole)) return false
        return isValidAsText(spec, parameter, whole) === isValid
      })
      .map((variation) => parameterVariant(parameter, value, variation))
  })

/** What can be written in a query, a path or a header without losing its shape. */
export const isPlain = (value: JsonValue): boolean =>
  Array.isArray(value)
    ? value.length > 0 && (value as readonly JsonValue[]).every((item) => typeof item !== 'object')
    : typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

/** Headers whose right value depends on what the provider has, not on their form. */
export const isStateful = ({ in: place, name }: Parameter): boolean =>
  place === 'header' && (/^if-/i.test(name) || isIdempotencyKey(name))

/** Each required parameter left out, but for those without which the path is another. */
export const missingParameters = (draft: Draft): readonly Variant[] =>
  draft.operation.parameters
    .filter(({ in: place, required }) => required && place !== 'path' && place !== 'cookie')
    .filter((parameter) => hasLegalName(parameter))
    .map((parameter) => ({
      words: `the required ${parameter.in} parameter "${parameter.name}" is left out`,
      part: `${parameter.in} ${parameter.name} `,
      rule: 'required',
      breach: { part: 'missing-parameter', parameter },
      apply: (one) => withParameter(one, parameter, undefined),
    }))

/** Whether an operation has anything that could be varied. */
export const isVaried = (operation: Operation): boolean =>
  operation.parameters.some(isVariedIn) ||
  (operation.requestBody?.content ?? []).some(
    ({ mediaType, schema }) => schema !== undefined && isVariable(mediaType),
  )
