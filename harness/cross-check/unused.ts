import type { Contract, Interaction } from '../contract/contract.ts'
import type { Place } from '../model/place.ts'
import { isObject, type JsonValue } from '../spec/json.ts'
import { isJson } from '../spec/media-type.ts'
import type { DocumentedResponse, Operation, Spec } from '../spec/types.ts'
import { askedOf, type Asked } from './asked.ts'
import { fieldsOf } from './schema-fields.ts'

/** A part of a spec that no contract uses. */
export interface UnusedPart {
  readonly operation: string
  /** The status, or the status and the path of the field: `200 items[].note`. */
  readonly part: string
  readonly place: Place
}

/** What of a spec no consumer uses, and what consumers use that is not in it. */
export interface Unused {
  readonly operations: readonly UnusedPart[]
  readonly statuses: readonly UnusedPart[]
  readonly fields: readonly UnusedPart[]
  readonly unknown: readonly { readonly consumer: string; readonly interaction: Interaction }[]
  /** How many operations the spec has, and how many some consumer asks for. */
  readonly total: number
  readonly used: number
}

const nameOf = ({ method, path }: Operation): string => `${method} ${path}`

/** The members of a value by their paths: `items[].id`. */
const membersOf = (value: JsonValue | undefined, path = ''): readonly string[] => {
  if (Array.isArray(value)) {
    return (value as readonly JsonValue[]).flatMap((item) => membersOf(item, `${path}[]`))
  }
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const own = path === '' ? key : `${path}.${key}`
    return [own, ...membersOf(inner, own)]
  })
}

const bodyOf = ({ value, wrapped }: Asked): JsonValue | undefined => {
  const { response } = value
  const body = isObject(response) ? response['body'] : undefined
  return wrapped && isObject(body) ? body['content'] : body
}

const unusedFields = (
  spec: Spec,
  operation: Operation,
  { status, content }: DocumentedResponse,
  used: ReadonlySet<string>,
): readonly UnusedPart[] => {
  const schema = content.find(({ mediaType }) => isJson(mediaType))?.schema
  if (schema === undefined) return []
  const unused = fieldsOf(spec.document, schema).filter(({ path }) => !used.has(path))
  const paths = new Set(unused.map(({ path }) => path))
  const isWithinUnused = (path: string): boolean =>
    [...path.matchAll(/\.|\[\]/g)].some(({ index }) => paths.has(path.slice(0, index)))
  return unused
    .filter(({ path }) => !isWithinUnused(path))
    .map(({ path, pointer }) => ({
      operation: nameOf(operation),
      part: `${status} ${path}`,
      place: spec.locate(pointer),
    }))
}

/**
 * What of a spec its consumers' contracts do not use: operations that no interaction asks for; of
 * the others the documented statuses that none expects, and the fields of the answers that none
 * names. And the other way: interactions of operations that the spec does not have.
 *
 * @example
 * unusedOf(spec, contracts).operations.map(({ operation }) => operation) // ['DELETE /orders/{id}']
 */
export const unusedOf = (spec: Spec, contracts: readonly Contract[]): Unused => {
  const asked = contracts.flatMap(({ consumer, interactions, specification }) =>
    interactions
      .filter(({ kind }) => kind === 'http')
      .map((interaction) => ({ consumer, ...askedOf(spec, interaction, specification) })),
  )
  const byOperation = Map.groupBy(asked, ({ operation }) => operation)
  const used = spec.operations.filter((operation) => byOperation.has(operation))
  return {
    total: spec.operations.length,
    used: used.length,
    operations: spec.operations
      .filter((operation) => !byOperation.has(operation))
      .map((operation) => ({
        operation: nameOf(operation),
        part: '',
        place: operation.place,
      })),
    statuses: used.flatMap((operation) => {
      const expected = new Set(byOperation.get(operation)?.map(({ response }) => response))
      return operation.responses
        .filter((response) => !expected.has(response))
        .map((response) => ({
          operation: nameOf(operation),
          part: response.status,
          place: spec.locate(response.pointer),
        }))
    }),
    fields: used.flatMap((operation) => {
      const own = byOperation.get(operation) ?? []
      const byResponse = Map.groupBy(own, ({ response }) => response)
      return operation.responses
        .filter((response) => response.status.startsWith('2') && byResponse.has(response))
        .flatMap((response) => {
          const members = (byResponse.get(response) ?? []).flatMap((one) => membersOf(bodyOf(one)))
          return unusedFields(spec, operation, response, new Set(members))
        })
    }),
    unknown: asked
      .filter(({ operation }) => operation === undefined)
      .map(({ consumer, interaction }) => ({ consumer, interaction })),
  }
}
