import type { Interaction, SpecificationVersion } from '../contract/contract.ts'
import { isObject, objectOr, stringOr, type JsonObject } from '../spec/json.ts'
import type { DocumentedResponse, Operation, Spec } from '../spec/types.ts'
import { matchOperation, responseFor } from './match-operation.ts'

/** An interaction as a document sees it: which operation it asks, and what it expects. */
export interface Asked {
  readonly interaction: Interaction
  /** As JSON, with Pact's own defaults filled in. */
  readonly value: JsonObject
  /** Whether bodies stand as `{ content, contentType, encoded }` (Pact 4). */
  readonly wrapped: boolean
  readonly method: string
  readonly path: string
  readonly status: number
  /** The media types of what is sent and expected, as far as the contract says them. */
  readonly requestMediaType?: string
  readonly mediaType?: string
  readonly operation?: Operation
  readonly response?: DocumentedResponse
}

const headerOf = (headers: unknown, wanted: string): string | undefined => {
  const found = Object.entries(objectOr(headers)).find(([name]) => name.toLowerCase() === wanted)
  const value: unknown = Array.isArray(found?.[1])
    ? (found[1] as readonly unknown[])[0]
    : found?.[1]
  return stringOr(value)
}

/** What a side of an interaction says its body is. */
const mediaTypeOf = (side: JsonObject): string | undefined => {
  const { headers, body } = side
  return (
    headerOf(headers, 'content-type') ??
    (isObject(body) && 'content' in body ? stringOr(body['contentType']) : undefined)
  )
}

/**
 * An interaction of a contract, looked up in a spec.
 *
 * @example
 * askedOf(spec, interaction, '4').operation?.operationId // 'getOrder'
 */
export const askedOf = (
  spec: Pick<Spec, 'operations'>,
  interaction: Interaction,
  specification: SpecificationVersion,
): Asked => {
  const parsed = JSON.parse(interaction.source) as JsonObject
  const { method = 'GET', path = '/' } = interaction
  const request = objectOr(parsed['request'])
  const response = objectOr(parsed['response'])
  const status = typeof response['status'] === 'number' ? response['status'] : 200
  const operation = matchOperation(spec, method, path)
  const documented = operation === undefined ? undefined : responseFor(operation, status)
  const [requestMediaType, mediaType] = [mediaTypeOf(request), mediaTypeOf(response)]
  return {
    interaction,
    value: {
      ...parsed,
      request: { ...request, method, path },
      response: { ...response, status },
    },
    wrapped: specification === '4',
    method,
    path,
    status,
    ...(requestMediaType === undefined ? {} : { requestMediaType }),
    ...(mediaType === undefined ? {} : { mediaType }),
    ...(operation === undefined ? {} : { operation }),
    ...(documented === undefined ? {} : { response: documented }),
  }
}
