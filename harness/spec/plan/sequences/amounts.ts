import { isObject, type JsonValue } from '../../json.ts'
import { placesIn, replacedAt } from '../../schema/places.ts'
import type { Asking, Observation, Operation } from '../../types.ts'
import { readyDraft } from '../bases.ts'
import { withBody, written, type Draft } from '../draft.ts'
import { ask, isTaken, jsonOf } from '../state/observe.ts'
import { pathReferencesIn } from '../state/path-references.ts'
import { reach } from '../state/reach.ts'
import { referencesIn, valueAtReference } from '../state/references.ts'
import { operationAt, type Instance, type Session } from '../state/session.ts'
import { draftsOf, retargeted } from '../state/targets.ts'
import { placesOf, plainName, resourceOf, resourcesOf, skeletonOf } from '../state/templates.ts'
import { observed } from './reading.ts'
import { sentencesOf } from './state-rules.ts'
import { wordsAt, wordsOfStatus } from './words.ts'

/** Words that say that no more can be taken than there is. */
const lacking =
  /\b(not (so|that|as) (many|much)|not (there )?enough|insufficient|not sufficient|more than (there (is|are)|(is |are )?(available|left|in stock)|the (balance|stock))|exceeds? (the )?(available|balance|stock|what)|out of stock|must be (so|that|as|enough) ?(many|much)?|overdra\w+)\b/i

/** What there is too little of may be rights. */
const isLacking = (words: string): boolean =>
  lacking.test(words) && !/permission|privilege|right|scope|access|role/i.test(words)

/** Properties that say how much there is of something, besides one of the amount's own name. */
const stocks = new Set([
  'balance',
  'availablebalance',
  'available',
  'availablequantity',
  'stock',
  'instock',
  'stocklevel',
  'onhand',
  'quantity',
  'quantityavailable',
  'remaining',
  'funds',
])

const amountName = /amount|quantity|count|qty|units|pieces|number/i
const readsMax = 8

/** The ids by which a draft calls things, by their kinds. */
const calledIn = (session: Session, draft: Draft): ReadonlyMap<string, readonly JsonValue[]> => {
  const found = new Map<string, JsonValue[]>()
  const add = (resource: string, value: JsonValue | undefined): void => {
    if (value !== undefined && value !== null)
      found.set(resource, [...(found.get(resource) ?? []), value])
  }
  for (const reference of referencesIn(session, draft))
    add(reference.resource, valueAtReference(draft, reference))
  const chain = resourcesOf(draft.operation.path)
  for (const [index, name] of placesOf(draft.operation.path).entries())
    add(
      chain[index] ?? '',
      draft.values.find(([one]) => one.in === 'path' && one.name === name)?.[1],
    )
  return found
}

/** Everything that can be read of what a draft calls: things whose every place is called in it. */
const readable = (session: Session, draft: Draft): readonly Instance[] => {
  const called = calledIn(session, draft)
  const own = ['PUT', 'PATCH'].includes(draft.operation.method)
    ? resourceOf(draft.operation.path)
    : undefined
  return session.spec.operations
    .filter(({ method, path }) => method === 'GET' && resourceOf(path) === skeletonOf(path))
    .flatMap((operation): readonly Instance[] => {
      const resource = skeletonOf(operation.path)
      if (resource === own) return []
      const references = pathReferencesIn(session, operation)
      const names = placesOf(operation.path)
      const choices = resourcesOf(operation.path).map((chained, index) => {
        const kind = references.find(({ parameter }) => parameter.name === names[index])?.resource
        return called.get(kind ?? chained) ?? []
      })
      return choices
        .reduce<readonly (readonly JsonValue[])[]>(
          (lists, values) => lists.flatMap((list) => values.map((value) => [...list, value])),
          [[]],
        )
        .map((values) => ({ resource, values, origin: 'listed' }))
    })
    .slice(0, readsMax)
}

/** How much there is, as a thing says it; `undefined` where it does not, or not clearly. */
const stockIn = (body: JsonValue | undefined, amount: string): number | undefined => {
  if (!isObject(body)) return undefined
  const numbers = Object.entries(body).filter(([, value]) => typeof value === 'number')
  const same = numbers.filter(([name]) => plainName(name) === plainName(amount))
  const like = numbers.filter(([name]) => stocks.has(plainName(name)))
  const [found, ...others] = same.length > 0 ? same : like
  return found === undefined || others.length > 0 ? undefined : Number(found[1])
}

/** Where the document says that there must be so many: more than there is of anything that is called. */
export function* amounts(session: Session, operation: Operation): Asking<readonly Observation[]> {
  const { spec } = session
  const statuses = operation.responses.filter(({ status }) => /^4(00|02|03|09|22)$/.test(status))
  const sentence = [
    ...statuses.flatMap(({ status }) => sentencesOf(wordsOfStatus(spec, operation, status))),
    ...sentencesOf(wordsAt(spec, operation.pointer)),
  ].find((text) => isLacking(text))
  const refusal = statuses.find(({ status }) =>
    isLacking(wordsOfStatus(spec, operation, status)),
  )?.status
  if (sentence === undefined || operation.requestBody === undefined) return []
  if ((yield* reach(session, operation)) === undefined) return []
  const draft = yield* readyDraft(session, operation)
  const schema = draft?.body?.content.schema
  if (draft?.body === undefined || schema === undefined) return []
  const { value } = draft.body
  const references = new Set(referencesIn(session, draft).map(({ at }) => at))
  const place = placesIn(spec.document, { $ref: `#${schema}` }, value).find(
    ({ at, value: part }) =>
      typeof part === 'number' &&
      at.split('/').length === 2 &&
      !references.has(at) &&
      amountName.test(at),
  )
  if (place === undefined) return []
  const found: number[] = []
  for (const thing of readable(session, draft)) {
    const reading = operationAt(session, 'GET', thing.resource)
    const read = reading === undefined ? undefined : draftsOf(session, reading)[0]?.draft
    if (read === undefined) continue
    const body = jsonOf(yield* ask(session, written(retargeted(read, thing), 'how much there is')))
    const stock = stockIn(body, place.at.slice(1))
    if (stock !== undefined) found.push(stock)
  }
  if (found.length === 0) return []
  const wanted = Math.max(0, ...found) + 1
  const next = replacedAt(value, place.at, wanted)
  if (!spec.schemas.accepts(schema, 'request', next)) return []
  const exchange = yield* ask(session, written(withBody(draft, next), 'more than there is'))
  if (!isTaken(exchange)) return []
  return [
    observed('conflict-accepted', operation, [exchange, exchange], {
      words: sentence,
      state: `asks for ${wanted} where there are ${wanted - 1}`,
      refusal: refusal ?? '409',
    }),
  ]
}
