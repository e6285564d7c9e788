import { arrayOr, isObject, objectOr, type JsonObject, type JsonValue } from '../json.ts'
import { below, resolved } from '../pointer.ts'
import type { Spec } from '../types.ts'
import { isAssertion, speaksOf } from './assertions.ts'
import type { Indexed } from './catalogue.ts'
import { branching } from './subschemas.ts'

/** Bounds on one value: items of a list beyond the first, and parts altogether. */
const itemsMax = 20
const stepsMax = 3000

type Side = 'request' | 'response'

/** Whether two JSON values are one, as an enum means it. */
const isSame = (a: JsonValue, b: JsonValue): boolean => JSON.stringify(a) === JSON.stringify(b)

const partsOf = (
  schema: JsonObject,
  at: string,
  value: JsonValue,
): readonly (readonly [string, JsonValue])[] => {
  if (Array.isArray(value)) {
    const prefix = arrayOr(schema['prefixItems']).length
    return (value as readonly JsonValue[]).slice(0, itemsMax).map((item, index) => {
      const pointer = index < prefix ? below(at, 'prefixItems', index) : below(at, 'items')
      return [pointer, item]
    })
  }
  if (!isObject(value)) return []
  const properties = objectOr(schema['properties'])
  return Object.entries(value)
    .slice(0, stepsMax)
    .map(([name, part]) => [
      Object.hasOwn(properties, name)
        ? below(at, 'properties', name)
        : below(at, 'additionalProperties'),
      part,
    ])
}

/**
 * The indexes of the rules and enum members that spoke of a value: those of every schema that it, or
 * a part of it, stands under. Of `anyOf` and `oneOf` the branches that take it.
 */
export const reachedInSchema = (
  spec: Spec,
  indexed: Indexed,
  {
    pointer,
    side,
    value,
  }: { readonly pointer: string; readonly side: Side; readonly value: JsonValue },
): ReadonlySet<number> => {
  const reached = new Set<number>()
  const mark = (kind: 'keyword' | 'enumMember', at: string): void => {
    const index = indexed.ofSchema(kind, at)
    if (index !== undefined) reached.add(index)
  }
  const open: (readonly [string, JsonValue])[] = [[pointer, value]]
  for (let step = 0; step < stepsMax; step += 1) {
    const next = open.pop()
    if (next === undefined) break
    const [raw, part] = next
    const found = resolved(spec.document, raw)
    if (found === undefined || !isObject(found.value)) continue
    const { pointer: at, value: schema } = found
    for (const [keyword, rule] of Object.entries(schema))
      if (isAssertion(keyword, rule) && speaksOf(keyword, part)) mark('keyword', below(at, keyword))
    const member = arrayOr(schema['enum']).findIndex((one) => isSame(one, part))
    if (member !== -1) mark('enumMember', below(at, 'enum', member))
    for (const index of arrayOr(schema['allOf']).keys())
      open.push([below(at, 'allOf', index), part])
    for (const keyword of branching) {
      for (const index of arrayOr(schema[keyword]).keys()) {
        const branch = below(at, keyword, index)
        if (!spec.schemas.accepts(branch, side, part)) continue
        mark('keyword', branch)
        open.push([branch, part])
      }
    }
    open.push(...partsOf(schema, at, part))
  }
  return reached
}
