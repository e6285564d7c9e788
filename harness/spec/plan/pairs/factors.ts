import type { JsonValue } from '../../json.ts'
import { parentOf, valueAt } from '../../pointer.ts'
import { sample } from '../../schema/generate.ts'
import { placesIn, replacedAt, type ValuePlace } from '../../schema/places.ts'
import { listsInside } from '../../schema/vary/lists.ts'
import { membersInside } from '../../schema/vary/members.ts'
import { numbersInside } from '../../schema/vary/numbers.ts'
import { textsInside, textsOfTheWorld } from '../../schema/vary/texts.ts'
import { partName, type VaryContext } from '../../schema/vary/variation.ts'
import type { Parameter } from '../../types.ts'
import { withBody, withParameter, type Draft } from '../draft.ts'
import { referencesIn } from '../state/references.ts'
import type { Session } from '../state/session.ts'
import {
  isPlain,
  isStateful,
  isValidAsText,
  isVariable,
  isVariedIn,
  parameterVariants,
  valueFor,
  type Vary,
} from '../variants.ts'
import { isSendable } from '../choices.ts'

/** One way in which a part of a request may be. */
export interface Level {
  readonly words: string
  readonly apply: (draft: Draft) => Draft
}

/** A part of a request that may be in several ways, the plainest first. */
export type Factor = readonly Level[]

const factorsMax = 16
const valuesMax = 3

const edges: readonly Vary[] = [
  membersInside,
  numbersInside,
  textsInside,
  listsInside,
  textsOfTheWorld,
]

const keyOf = (value: JsonValue | undefined): string =>
  value === undefined ? '' : JSON.stringify(value)

/** Different values, and of many the first and the last, which are most unlike each other. */
const few = <Item>(items: readonly Item[], key: (item: Item) => string): readonly Item[] => {
  const distinct = [...new Map(items.map((item) => [key(item), item])).values()]
  return distinct.length <= valuesMax
    ? distinct
    : [...distinct.slice(0, valuesMax - 1), ...distinct.slice(-1)]
}

const parameterFactor = (
  session: Session,
  draft: Draft,
  parameter: Parameter,
  context: VaryContext,
): Factor => {
  const { spec } = session
  const usual = valueFor(spec, draft, parameter, context.seed)
  const isUsable =
    usual !== undefined &&
    isPlain(usual) &&
    isSendable(parameter, usual) &&
    isValidAsText(spec, parameter, usual)
  const only = { ...draft.operation, parameters: [parameter] }
  const isOther = referencesIn(session, { ...draft, values: [[parameter, usual ?? '']] }).length > 0
  const varied = isOther
    ? []
    : parameterVariants(spec, { ...draft, operation: only }, edges, context, true).map(
        (variant): Level => ({ words: variant.words, apply: (one) => variant.apply(one) }),
      )
  const set = (value: JsonValue): Level => ({
    words: `"${parameter.name}" is ${JSON.stringify(value)}`,
    apply: (one) => withParameter(one, parameter, value),
  })
  const absent: Level = {
    words: `without "${parameter.name}"`,
    apply: (one) => withParameter(one, parameter, undefined),
  }
  const values = few([...(isUsable ? [set(usual)] : []), ...varied], ({ words }) => words)
  return [...(parameter.required ? [] : [absent]), ...values]
}

/** Puts something where its surroundings are; elsewhere nothing. */
const placed = (draft: Draft, at: string, value: JsonValue | undefined): Draft => {
  const whole = draft.body?.value
  if (whole === undefined || valueAt(whole, parentOf(at)) === undefined) return draft
  return withBody(draft, replacedAt(whole, at, value))
}

const placeFactor = (place: ValuePlace, isOther: boolean, context: VaryContext): Factor => {
  const { at, isRequired, raw } = place
  const name = partName(at)
  const usual = place.value ?? sample(raw, context.document, context.seed, 2)
  const kept: Level = {
    words: `${name} as usual`,
    apply: (draft) =>
      draft.body !== undefined && valueAt(draft.body.value, at) === undefined
        ? placed(draft, at, usual)
        : draft,
  }
  const absent: Level = { words: `without ${name}`, apply: (draft) => placed(draft, at, undefined) }
  const varied = isOther
    ? []
    : few(
        edges
          .flatMap((vary) => vary({ ...place, value: usual }, context))
          .filter((one) => one.at === at && one.value !== undefined),
        ({ value }) => keyOf(value),
      ).map(({ words, value }): Level => ({ words, apply: (draft) => placed(draft, at, value) }))
  const values = [kept, ...varied.slice(0, valuesMax - 1)]
  return isRequired ? values : [absent, ...values]
}

/** Whether a draft's body keeps its schema. */
export const isValid = ({ spec }: Session, { body }: Draft): boolean =>
  body?.content.schema === undefined ||
  spec.schemas.accepts(body.content.schema, 'request', body.value)

/** The draft without anything optional, as far as it is valid so. */
export const withoutOptional = (session: Session, draft: Draft): Draft => {
  let result = draft
  for (const [plainest] of factorsOf(session, draft)) {
    const next = plainest?.apply(result) ?? result
    if (isValid(session, next)) result = next
  }
  return result
}

/**
 * What may be in several ways in a draft: optional parameters and members of the body - absent,
 * ordinary, at an edge - and required ones that have several values that the document lists. What
 * calls another thing by its id is there or not, and never another's.
 */
export const factorsOf = (session: Session, draft: Draft): readonly Factor[] => {
  const { spec, seed } = session
  const context = { document: spec.document, seed }
  const parameters = draft.operation.parameters
    .filter((one) => isVariedIn(one) && one.in !== 'path' && !isStateful(one))
    .map((one) => parameterFactor(session, draft, one, context))
  const { body } = draft
  const others = new Set(
    referencesIn(session, draft).flatMap(({ at, part }) => (part === 'body' ? [at] : [])),
  )
  const members =
    body?.content.schema === undefined || !isVariable(body.content.mediaType)
      ? []
      : placesIn(spec.document, { $ref: `#${body.content.schema}` }, body.value)
          .filter(({ at }) => at !== '' && !/\/\d+$/.test(at))
          .filter((place) => !place.isRequired || membersInside(place).length > 0)
          .map((place) => placeFactor(place, others.has(place.at), context))
  return [...parameters, ...members].filter((factor) => factor.length > 1).slice(0, factorsMax)
}
