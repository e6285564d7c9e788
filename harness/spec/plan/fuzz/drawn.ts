import * as fc from 'fast-check'
import type { JsonValue } from '../../json.ts'
import { parentOf, segmentsOf, valueAt } from '../../pointer.ts'
import { arbitraryOf } from '../../schema/arbitrary/arbitrary.ts'
import { nothing } from '../../schema/arbitrary/made.ts'
import { valuesOf } from '../../schema/arbitrary/values.ts'
import { placesIn, replacedAt, type ValuePlace } from '../../schema/places.ts'
import { partName } from '../../schema/vary/variation.ts'
import type { Parameter } from '../../types.ts'
import { isSendable } from '../choices.ts'
import { withBody, withParameter, type Draft, type DraftBody } from '../draft.ts'
import { referencesIn } from '../state/references.ts'
import type { Session } from '../state/session.ts'
import { isPlain, isStateful, isValidAsText, isVariable, isVariedIn } from '../variants.ts'
import type { Dice } from './dice.ts'
import type { Memory } from './memory.ts'

/** What a request is drawn with. */
export interface Drawing {
  readonly session: Session
  readonly dice: Dice
  readonly memory: Memory
}

/** A change that leaves a request valid. */
export interface Change {
  readonly words: string
  apply(draft: Draft): Draft
}

const changesMax = 3
const seedsMax = 2 ** 30

const candidates = 6

/** A value for a part: one that was seen under its name, or any other. */
const valueFor = (
  { session, dice, memory }: Drawing,
  name: string,
  schema: JsonValue,
): JsonValue | undefined => {
  if (dice.happens(4)) {
    const seen = dice.pick(memory.valuesOf(name))
    if (seen !== undefined) return seen
  }
  const made = fc.sample(arbitraryOf(schema, session.spec.document), {
    seed: dice.roll(seedsMax),
    numRuns: candidates,
  })
  return made.find((value) => value !== nothing)
}

const nameOf = (at: string): string =>
  segmentsOf(at).findLast((segment) => !/^\d+$/.test(segment)) ?? ''

const shortened = (value: JsonValue): string => {
  const text = JSON.stringify(value)
  return text.length <= 40 ? text : `${text.slice(0, 39)}…`
}

/** One part of a body with another value, or taken away where it may be. */
const partChange = (drawing: Drawing, place: ValuePlace): Change | undefined => {
  const { at, isRequired, raw, value: known } = place
  const isThere = (draft: Draft): boolean =>
    draft.body !== undefined && valueAt(draft.body.value, parentOf(at)) !== undefined
  if (!isRequired && known !== undefined && drawing.dice.happens(3))
    return {
      words: `without ${partName(at)}`,
      apply: (draft) =>
        isThere(draft) && draft.body !== undefined
          ? withBody(draft, replacedAt(draft.body.value, at, undefined))
          : draft,
    }
  const value = valueFor(drawing, nameOf(at), raw)
  if (value === undefined) return undefined
  return {
    words: `${partName(at)} is ${shortened(value)}`,
    apply: (draft) =>
      isThere(draft) && draft.body !== undefined
        ? withBody(draft, replacedAt(draft.body.value, at, value))
        : draft,
  }
}

const parameterChange = (
  drawing: Drawing,
  draft: Draft,
  parameter: Parameter,
): Change | undefined => {
  const { session, dice } = drawing
  const { name, required, schema } = parameter
  const isThere = draft.values.some(([one]) => one.in === parameter.in && one.name === name)
  if (!required && isThere && dice.happens(3))
    return { words: `without "${name}"`, apply: (one) => withParameter(one, parameter, undefined) }
  const value = valueFor(drawing, name, { $ref: `#${schema}` })
  if (value === undefined || !isPlain(value) || !isSendable(parameter, value)) return undefined
  if (!isValidAsText(session.spec, parameter, value)) return undefined
  return {
    words: `"${name}" is ${shortened(value)}`,
    apply: (one) => withParameter(one, parameter, value),
  }
}

const isValid = ({ spec }: Session, { body }: Draft): boolean =>
  body?.content.schema === undefined ||
  spec.schemas.accepts(body.content.schema, 'request', body.value)

/** The parts of a draft that may be another by chance: not what calls other things by their ids. */
const partsOf = (session: Session, draft: Draft): readonly (ValuePlace | Parameter)[] => {
  const { body } = draft
  const references = referencesIn(session, draft)
  const isFree = (part: string, at: string): boolean =>
    !references.some((one) => one.part === part && one.at === at)
  const parameters = draft.operation.parameters.filter(
    (one) => isVariedIn(one) && one.in !== 'path' && !isStateful(one) && isFree(one.in, one.name),
  )
  const { schema, mediaType } = body?.content ?? {}
  const places =
    schema === undefined || mediaType === undefined || !isVariable(mediaType)
      ? []
      : placesIn(session.spec.document, { $ref: `#${schema}` }, body?.value).filter(
          ({ at }) => at !== '' && isFree('body', at),
        )
  return [...parameters, ...places]
}

/** A few parts of a draft made others; `undefined` where nothing valid came of it. */
export const changedByChance = (drawing: Drawing, draft: Draft): Change | undefined => {
  const { session, dice } = drawing
  const parts = partsOf(session, draft)
  const changes: Change[] = []
  const wanted = 1 + dice.roll(changesMax)
  for (let turn = 0; turn < wanted * 2 && changes.length < wanted; turn += 1) {
    const part = dice.pick(parts)
    if (part === undefined) return undefined
    const change = 'at' in part ? partChange(drawing, part) : parameterChange(drawing, draft, part)
    if (change === undefined) continue
    const next = [...changes, change]
    // What goes wrong with others is left out, and the rest kept.
    if (
      isValid(
        session,
        next.reduce((one, { apply }) => apply(one), draft),
      )
    )
      changes.push(change)
  }
  if (changes.length === 0) return undefined
  return {
    words: changes.map(({ words }) => words).join(', '),
    apply: (one) => changes.reduce((result, { apply }) => apply(result), one),
  }
}

/** Bodies that have nothing to do with those that are known. */
export const bodiesByChance = (
  { session, dice }: Drawing,
  { content }: DraftBody,
  count: number,
): readonly DraftBody[] => {
  const { schema, mediaType } = content
  if (schema === undefined || !isVariable(mediaType)) return []
  const { document, schemas } = session.spec
  const seed = dice.roll(seedsMax)
  return valuesOf(schema, { document, schemas, seed, count }).map((value) => ({ content, value }))
}
