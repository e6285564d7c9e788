import type { HeaderFields } from '../../model/http.ts'
import { isObject, type JsonValue } from '../json.ts'
import { essenceOf, isJson } from '../media-type.ts'
import {
  closedBroken,
  enumBroken,
  nullBroken,
  requiredBroken,
  typesBroken,
} from '../schema/vary/broken.ts'
import { propertiesOutside } from '../schema/vary/lists.ts'
import { formatsBroken, patternsBroken } from '../schema/vary/texts.ts'
import type { Asking, Breach, Observation, Operation, PlannedRequest, Spec } from '../types.ts'
import { breached, trialOf, type Trial } from './breaches.ts'
import { written, type Draft } from './draft.ts'
import { ask } from './state/observe.ts'
import { missing } from './state/missing.ts'
import { reach } from './state/reach.ts'
import { openSession, type SessionOptions } from './state/session.ts'
import { bodyVariants, missingParameters, parameterVariants, type Vary } from './variants.ts'

const inBodies: readonly Vary[] = [
  requiredBroken,
  typesBroken,
  nullBroken,
  enumBroken,
  formatsBroken,
  patternsBroken,
  closedBroken,
  propertiesOutside,
]

/** RFC 7396: null takes something away there, whatever the schema says of what is left. */
const inMergePatches = inBodies.filter((vary) => vary !== nullBroken)

/** What breaks a body of a media type. */
export const brokenInBody = (mediaType: string): readonly Vary[] =>
  mediaType.startsWith('application/merge-patch') ? inMergePatches : inBodies

/** What breaks a parameter. */
export const brokenInParameters: readonly Vary[] = [
  typesBroken,
  enumBroken,
  formatsBroken,
  patternsBroken,
]

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

const withHeader = (
  headers: HeaderFields,
  name: string,
  value: string | undefined,
): HeaderFields => {
  const others = headers.filter(([key]) => key.toLowerCase() !== name.toLowerCase())
  return value === undefined ? others : [...others, [name, value]]
}

const refused = (planned: PlannedRequest, words: string, breach: Breach): PlannedRequest => ({
  ...planned,
  name: words,
  intent: { kind: 'invalid', breach, words },
})

const withoutBody = (planned: PlannedRequest): PlannedRequest => {
  const { body: _, ...rest } = planned
  return { ...rest, headers: withHeader(planned.headers, 'Content-Type', undefined) }
}

const documents = (operation: Operation, status: string): boolean =>
  operation.responses.some((response) => response.status === status)

/** What is no JSON, by a hair or altogether. */
const brokenTexts = (body: Uint8Array): readonly (readonly [string, string])[] => {
  const text = new TextDecoder().decode(body)
  return [
    ['broken JSON: cut off', text.slice(0, -1)],
    ['broken JSON: a comma too many', text.replace(/[}\]]$/, ',$&')],
    ['broken JSON: not even that', '{"a": nope'],
  ].filter(([, broken]) => !isValidJson(broken ?? '')) as [string, string][]
}

const isValidJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** A media type that the document does not list, as near to what it lists as can be. */
const foreignType = (operation: Operation): string | undefined => {
  const known = (operation.requestBody?.content ?? []).map(({ mediaType }) => essenceOf(mediaType))
  if (known.some((type) => type.includes('*'))) return undefined
  return ['application/json', 'text/plain', 'application/xml'].find((type) => !known.includes(type))
}

/** Breaches of what stands around the body. */
const trialsAround = (operation: Operation, base: Draft): readonly Trial[] => {
  const { requestBody } = operation
  const trials: Trial[] = []
  const add = (
    words: string,
    breach: Breach,
    change: (planned: PlannedRequest) => PlannedRequest,
  ): void => {
    trials.push({
      key: words,
      plan: (draft) => refused(change(written(draft, words)), words, breach),
    })
  }
  if (base.body !== undefined && isJson(base.body.content.mediaType)) {
    for (const [words, text] of brokenTexts(written(base, '').body ?? new Uint8Array()))
      add(words, { part: 'malformed-body' }, (planned) => ({ ...planned, body: bytesOf(text) }))
  }
  if (requestBody?.required === true && base.body !== undefined)
    add('no body', { part: 'missing-body' }, withoutBody)
  const other = foreignType(operation)
  // A provider may understand more than it documents, unless it says what it does then.
  if (base.body !== undefined && other !== undefined && documents(operation, '415'))
    for (const type of ['text/plain', other])
      add(`a body of the media type ${type}`, { part: 'media-type' }, (planned) => ({
        ...planned,
        headers: withHeader(planned.headers, 'Content-Type', type),
      }))
  if (documents(operation, '406'))
    add('an answer of another media type is asked for', { part: 'accept' }, (planned) => ({
      ...planned,
      headers: withHeader(planned.headers, 'Accept', 'application/x-proofbook'),
    }))
  return trials
}

/** Bodies of another kind altogether. */
const wholeBodies: readonly JsonValue[] = [null, [], 'text', 17, {}, [{}]]

const wholeTrials = (spec: Spec, base: Draft): readonly Trial[] => {
  const { body } = base
  const schema = body?.content.schema
  if (body === undefined || schema === undefined || !isJson(body.content.mediaType)) return []
  const listed: readonly JsonValue[] = isObject(body.value) ? [[body.value]] : []
  return [...wholeBodies, ...listed]
    .filter((value) => !spec.schemas.accepts(schema, 'request', value))
    .map((value): Trial => {
      const words = `the body is ${JSON.stringify(value).slice(0, 60)}`
      const change = (draft: Draft): Draft =>
        draft.body === undefined ? draft : { ...draft, body: { ...draft.body, value } }
      return {
        key: words,
        plan: (draft) => refused(written(change(draft), words), words, { part: 'body' }),
      }
    })
}

const trialsFor = (spec: Spec, seed: number, base: Draft): readonly Trial[] => {
  const context = { document: spec.document, seed }
  const inBody = brokenInBody(base.body?.content.mediaType ?? '')
  return [
    ...bodyVariants(spec, base, inBody, context, false),
    ...parameterVariants(spec, base, brokenInParameters, context, false),
    ...missingParameters(base),
  ]
    .map(trialOf)
    .concat(wholeTrials(spec, base), trialsAround(base.operation, base))
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Methods that a path does not have; HEAD and OPTIONS come with others (RFC 9110, 9.3). */
function* foreignMethods(spec: Spec, base: Draft): Generator<PlannedRequest> {
  const { path } = base.operation
  const own = spec.operations.filter((one) => one.path === path)
  // Asked once a path, and not once for each of its operations.
  if (own[0] !== base.operation) return
  const known = new Set(own.map(({ method }) => method))
  for (const method of methods.filter((one) => !known.has(one))) {
    const { body: _, ...planned } = written(base, `${method}, which the path does not have`)
    yield { ...planned, method, intent: { kind: 'method' }, headers: [] }
  }
}

/** The script of the technique `negatives`: one promise of a good request broken at a time. */
export const negatives = (operation: Operation, options: SessionOptions) =>
  function* (): Asking<readonly Observation[]> {
    const session = openSession(options)
    const { spec, seed } = session
    const learned = yield* reach(session, operation)
    if (learned === undefined) return []
    yield* breached(session, operation, (base) => trialsFor(spec, seed, base))
    const absent = missing(session, learned.draft)
    if (absent !== undefined)
      yield* ask(session, written(absent, 'something that there is not', { kind: 'odd' }))
    // A method that the document does not have may still write something.
    if (!session.mayWrite) return []
    for (const planned of foreignMethods(spec, learned.draft)) yield* ask(session, planned)
    return []
  }
