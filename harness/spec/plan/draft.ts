import type { HeaderFields } from '../../model/http.ts'
import type { JsonValue } from '../json.ts'
import type { Intent, MediaTypeContent, Operation, Parameter, PlannedRequest } from '../types.ts'
import { writeBody } from './body.ts'
import { serialise } from './serialise.ts'

/** A body before it is written down. */
export interface DraftBody {
  readonly content: MediaTypeContent
  readonly value: JsonValue
}

/** A request before it is written down: what may be changed in it, one thing at a time. */
export interface Draft {
  readonly operation: Operation
  readonly values: readonly (readonly [Parameter, JsonValue])[]
  readonly body?: DraftBody
  readonly credentials: readonly string[]
}

const isSuccess = (status: string): boolean => /^[23]/.test(status)

/** All documented media types of answers, those of success first: a provider may choose by it. */
const acceptOf = ({ responses }: Operation): string | undefined => {
  const inOrder = [
    ...responses.filter(({ status }) => isSuccess(status)),
    ...responses.filter(({ status }) => !isSuccess(status)),
  ]
  const types = inOrder.flatMap(({ content }) => content.map(({ mediaType }) => mediaType))
  return types.length === 0 ? undefined : [...new Set(types)].join(', ')
}

const pairs = (list: readonly (readonly [string, string])[], separator: string): string =>
  list.map(([key, value]) => `${key}=${value}`).join(separator)

/**
 * A draft as it goes over the wire.
 *
 * @example
 * written({ operation, values: [], credentials: [] }, 'generated').target // '/orders'
 */
export const written = (
  { operation, values, body, credentials }: Draft,
  name: string,
  intent?: Intent,
): PlannedRequest => {
  const { path, query, headers, cookies } = serialise(operation.path, values)
  const accept = acceptOf(operation)
  const writtenBody = body === undefined ? undefined : writeBody(body.content, body.value)
  const fields: HeaderFields = [
    ...(accept === undefined ? [] : [['Accept', accept] as const]),
    ...headers,
    ...(cookies.length === 0 ? [] : [['Cookie', pairs(cookies, '; ')] as const]),
    ...(writtenBody === undefined ? [] : [['Content-Type', writtenBody.contentType] as const]),
  ]
  return {
    name,
    method: operation.method,
    target: `${operation.basePath}${path}${query.length === 0 ? '' : `?${pairs(query, '&')}`}`,
    basePath: operation.basePath,
    headers: fields,
    ...(writtenBody === undefined ? {} : { body: writtenBody.body }),
    credentials,
    operation,
    ...(intent === undefined ? {} : { intent }),
  }
}

/** The draft with another value for a parameter; without one it is left out. */
export const withParameter = (
  draft: Draft,
  { in: place, name }: Parameter,
  value: JsonValue | undefined,
): Draft => {
  const parameter = draft.operation.parameters.find((one) => one.in === place && one.name === name)
  const others = draft.values.filter(([one]) => one.in !== place || one.name !== name)
  return {
    ...draft,
    values:
      parameter === undefined || value === undefined ? others : [...others, [parameter, value]],
  }
}

/** The draft with another body. */
export const withBody = (draft: Draft, value: JsonValue): Draft =>
  draft.body === undefined ? draft : { ...draft, body: { ...draft.body, value } }
