import * as fc from 'fast-check'
import { arrayOr, type JsonObject, type JsonValue } from '../../json.ts'
import { depthOfOptional, evenly, nothing, numberOr, type Made, type Making } from './made.ts'

/** More items than this are made only where a schema asks for them. */
const itemsUsual = 5
const itemsMax = 60

const keyOf = (value: JsonValue): string => JSON.stringify(value)

const joined = (parts: readonly Made[], least: number, isUnique: boolean): Made => {
  const made = parts.filter((part): part is JsonValue => part !== nothing)
  const items = isUnique ? [...new Map(made.map((item) => [keyOf(item), item])).values()] : made
  return items.length < least ? nothing : items
}

/** How many items the parts of a list have. */
const countsOf = (schema: JsonObject, { depth }: Making) => {
  const prefix = arrayOr(schema['prefixItems'])
  const contains = schema['contains']
  const wanted = contains === undefined ? 0 : numberOr(schema, 'minContains', 1)
  const least = Math.max(numberOr(schema, 'minItems', 0), wanted)
  const usual = depth >= depthOfOptional ? 0 : Math.max(1, itemsUsual - depth * 2)
  const isClosed = schema['items'] === false || schema['unevaluatedItems'] === false
  const most = Math.min(
    numberOr(schema, 'maxItems', Infinity),
    isClosed ? prefix.length + (schema['items'] === false ? 0 : wanted) : Infinity,
  )
  const high = Math.min(most, Math.max(least, prefix.length) + usual, Math.max(least, itemsMax))
  // Once in a while as long as it may be.
  const all = Math.min(most, itemsMax)
  return { prefix, contains, wanted, least, most, high, all: all === itemsMax ? high : all }
}

/** Lists of a schema. Items that could not be made are left out where there may be fewer. */
export const listsOf = (schema: JsonObject, making: Making): fc.Arbitrary<Made> => {
  const { prefix, contains, wanted, least, most, high, all } = countsOf(schema, making)
  if (least > most || least > itemsMax * 20) return fc.constant(nothing)
  const isUnique = schema['uniqueItems'] === true
  const rest = schema['items'] ?? {}
  const containsMax = numberOr(schema, 'maxContains', Infinity)
  const other: JsonValue =
    containsMax < Infinity && contains !== undefined ? { allOf: [rest, { not: contains }] } : rest
  const itemAt = (index: number, isOfContains: boolean): fc.Arbitrary<Made> => {
    const own = prefix[index]
    const base = own ?? (isOfContains ? rest : other)
    if (isOfContains && contains !== undefined) return making.inner({ allOf: [base, contains] })
    return making.inner(base)
  }
  const counts = fc.oneof(
    { weight: 4, arbitrary: evenly(least, Math.max(least, high)) },
    { weight: 1, arbitrary: fc.constant(Math.max(least, all)) },
  )
  return counts.chain((count) => {
    // The last ones are those that `contains` speaks of: they may stand anywhere, and the first are often named.
    const from = Math.max(0, count - wanted)
    // Of twice as many, enough are different.
    const spare = isUnique ? Math.min(count, 20) : 0
    const items = Array.from({ length: count }, (_, index) => itemAt(index, index >= from))
    const spares = Array.from({ length: spare }, () => itemAt(prefix.length, false))
    return fc.tuple(fc.tuple(...items), fc.tuple(...spares)).map(([first, more]): Made => {
      // A tuple has its places: what could not be made ends it.
      const gap = first.findIndex((part, index) => part === nothing && index < prefix.length)
      if (gap !== -1) return joined(first.slice(0, gap), least, isUnique)
      const whole = joined(first, isUnique ? 0 : least, isUnique)
      if (!isUnique || whole === nothing) return whole
      const full = joined([...first, ...more], least, true)
      return full === nothing ? nothing : arrayOr(full).slice(0, count)
    })
  })
}
