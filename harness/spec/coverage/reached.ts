import { headerOf, type HttpAnswer } from '../../model/http.ts'
import { objectOr, type JsonValue } from '../json.ts'
import { contentOf, sentBody, textsOf } from '../judge/breach.ts'
import { contentFor, responseFor } from '../judge/judged-answer.ts'
import { parseBody } from '../judge/parse-body.ts'
import { flattened } from '../schema/merge.ts'
import { headerReadings, textReadings } from '../schema/readings.ts'
import { valueAt } from '../pointer.ts'
import type {
  Operation,
  OperationDetail,
  OperationSeen,
  Parameter,
  PlannedRequest,
  Spec,
} from '../types.ts'
import type { Indexed } from './catalogue.ts'
import { reachedInSchema } from './reach-schema.ts'

type Side = 'request' | 'response'

/** Whether a parameter was sent whose name the wire does not show: the members of an object. */
const isSpread = (
  { target }: PlannedRequest,
  { in: place, name, schema }: Parameter,
  spec: Spec,
): boolean => {
  if (place !== 'query' || schema === undefined) return false
  const names = [...new URLSearchParams(target.split('?', 2)[1] ?? '').keys()]
  if (names.some((one) => one.startsWith(`${name}[`))) return true
  const { properties } = flattened(spec.document, { $ref: `#${schema}` }, () => 0)
  return names.some((one) => Object.hasOwn(objectOr(properties), one))
}

/** What one case reaches, one exchange after the other. */
const openReach = (spec: Spec, indexed: Indexed) => {
  const reached = new Set<number>()
  const looked = new Set<string>()
  const mark = (index: number | undefined): void => {
    if (index !== undefined) reached.add(index)
  }
  const look = (pointer: string | undefined, side: Side, value: JsonValue | undefined): void => {
    if (pointer === undefined || value === undefined) return
    const key = `${side} ${pointer} ${JSON.stringify(value)}`
    // Most requests of a case differ in one value.
    if (looked.has(key)) return
    looked.add(key)
    for (const index of reachedInSchema(spec, indexed, { pointer, side, value })) reached.add(index)
  }
  const request = (planned: PlannedRequest, operation: Operation): void => {
    const index = spec.operations.indexOf(operation)
    for (const parameter of operation.parameters) {
      const { in: place, name, schema } = parameter
      const texts = textsOf(planned, parameter, operation)
      if (texts === undefined && !isSpread(planned, parameter, spec)) continue
      mark(indexed.ofOperation('parameter', index, `${place} ${name}`))
      if (schema === undefined || texts === undefined) continue
      const readings = textReadings(spec.document, schema, texts)
      const taken = readings.find((one) => spec.schemas.accepts(schema, 'request', one))
      look(schema, 'request', taken ?? readings[0])
    }
    const content = planned.body === undefined ? undefined : contentOf(operation, planned.headers)
    if (content === undefined) return
    mark(indexed.ofOperation('requestMediaType', index, content.mediaType))
    look(content.schema, 'request', sentBody(planned, content, spec))
  }
  const answer = (came: HttpAnswer, operation: Operation): void => {
    const index = spec.operations.indexOf(operation)
    const response = responseFor(operation, came.status)
    if (response === undefined) return
    mark(indexed.ofOperation('status', index, response.status))
    const hasSuccess = operation.responses.some(({ status }) => /^([23]|default)/.test(status))
    const isSuccess = came.status >= 200 && came.status < 400
    if (isSuccess || !hasSuccess) mark(indexed.ofOperation('operation', index, ''))
    for (const { name, schema, explode } of response.headers) {
      const text = headerOf(came.headers, name)
      if (text === undefined || schema === undefined) continue
      const raw = valueAt(spec.document, schema) ?? {}
      look(schema, 'response', headerReadings(text, raw, spec.document, explode)[0])
    }
    const type = headerOf(came.headers, 'content-type')
    const content = contentFor(response, type)
    if (content === undefined || type === undefined) return
    mark(indexed.ofOperation('responseMediaType', index, `${response.status} ${content.mediaType}`))
    if (came.body.length === 0 || came.truncated === true || operation.method === 'HEAD') return
    const body = parseBody(came, type)
    if (body.kind === 'value') look(content.schema, 'response', body.value)
  }
  return { reached, request, answer }
}

/**
 * The indexes of what a case reached, of all that was asked for its own sake and judged: what only
 * made a state for it was not looked at, and does not count.
 */
export const reachedBy = (
  { operation, technique, spec }: OperationDetail,
  { exchanges }: OperationSeen,
  indexed: Indexed,
): ReadonlySet<number> => {
  const { reached, request, answer } = openReach(spec, indexed)
  for (const { planned, exchange } of exchanges) {
    const asked = planned.operation ?? operation
    const kind = planned.intent?.kind
    if (kind === 'aside' || kind === 'method') continue
    if ((asked !== operation && technique !== 'sequences') || exchange.answer === undefined)
      continue
    request(planned, asked)
    answer(exchange.answer, asked)
  }
  return reached
}
