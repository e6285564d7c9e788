import { named, arrayOr, type JsonObject, type JsonValue } from '../../json.ts'
import { flattened } from '../../schema/merge.ts'
import type { Parameter, Spec } from '../../types.ts'
import { wordsAt } from '../sequences/words.ts'
import { plainName, singularOf } from '../state/templates.ts'

/** What a parameter of a list is taken to ask of an item. */
export interface Filter {
  readonly parameter: Parameter
  readonly property: string
  /** What it asks, as the sentence needs it: `price at least`. */
  readonly words: string
  /** Whether an item may be in the filtered list: `maybe` where nobody says. */
  matches(item: JsonObject, value: JsonValue): 'yes' | 'no' | 'maybe'
  /** Values that tell something, made from items that there are. */
  values(items: readonly JsonObject[]): readonly JsonValue[]
}

const isScalar = (value: JsonValue | undefined): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

const same = (a: JsonValue, b: JsonValue): boolean => named(a) === named(b)

/** A property of some item by its name; things are often called in the plural in one of the two. */
const propertyFor = (
  spec: Spec,
  { name, pointer }: Parameter,
  items: readonly JsonObject[],
): string | undefined => {
  const wanted = plainName(name)
  const names = [...new Set(items.flatMap((item) => Object.keys(item)))]
  return (
    names.find((one) => plainName(one) === wanted) ??
    names.find((one) => singularOf(plainName(one)) === singularOf(wanted)) ??
    only(names.filter((one) => isSpokenOf(one, name, wordsAt(spec, pointer))))
  )
}

const only = <Item>(all: readonly Item[]): Item | undefined =>
  all.length === 1 ? all[0] : undefined

const partsOf = (name: string): readonly string[] =>
  name
    .split(/(?<=[a-z0-9])(?=[A-Z])|[_-]+/)
    .map((part) => singularOf(plainName(part)))
    .filter((part) => part !== '')

/**
 * Whether a parameter asks for a property of a longer or shorter name: they begin alike, and the words
 * of the parameter hold all that the property is called by: `country`, *by country code*.
 */
const isSpokenOf = (property: string, name: string, words: string): boolean => {
  const [own, asked] = [partsOf(property), partsOf(name)]
  const said = new Set(words.split(/[^\p{L}\p{N}]+/u).map((word) => singularOf(plainName(word))))
  return own[0] === asked[0] && own.every((part) => said.has(part))
}

const seenIn = (items: readonly JsonObject[], property: string): readonly JsonValue[] =>
  items.map((item) => item[property] ?? null).filter((value) => value !== null)

const enumOf = ({ document }: Spec, { schema }: Parameter): readonly JsonValue[] => {
  const own = schema === undefined ? {} : flattened(document, { $ref: `#${schema}` }, () => 0)
  return own['type'] === 'boolean' ? [true, false] : arrayOr(own['enum'])
}

/** A parameter that asks for one value of a property. */
const equality = (
  spec: Spec,
  parameter: Parameter,
  property: string,
  items: readonly JsonObject[],
): Filter | undefined => {
  if (!seenIn(items, property).every(isScalar)) return undefined
  const members = enumOf(spec, parameter)
  const told = wordsAt(spec, parameter.pointer)
  if (/\b(include|also|as well)/i.test(told)) return undefined
  const isExact = !/search|partial|part of|contain|similar|match|fuzzy|wildcard|like/i.test(told)
  return {
    parameter,
    property,
    words: `"${property}"`,
    matches: (item, value) => {
      const own = item[property]
      // What only narrows where it is true says nothing where it is not.
      if (value === false && /\bonly\b/i.test(told)) return 'maybe'
      if (own === undefined || own === null) return 'no'
      if (same(own, value)) return 'yes'
      // A search in texts is a filter too.
      const isPart =
        typeof own === 'string' &&
        members.length === 0 &&
        own.toLowerCase().includes(named(value).toLowerCase())
      return isPart ? 'maybe' : 'no'
    },
    values: (all) => {
      const seen = seenIn(all, property)
      const [first] = seen
      // What nothing has: where all are alike, a filter shows only by it.
      const isAlike = seen.every((one) => first !== undefined && same(one, first))
      const isMade = isExact && isAlike && members.length === 0 && typeof first === 'string'
      return [...(isMade ? [`${first}zq`] : []), ...seen, ...members]
    },
  }
}

/** A parameter that asks for some of the members of a list. */
const membership = (spec: Spec, parameter: Parameter, property: string): Filter => {
  const words = wordsAt(spec, parameter.pointer)
  const isAll = /\ball\b|\bevery\b|\beach\b/i.test(words)
  const isAny = /\bany\b|\bone of\b|\bsome\b/i.test(words)
  return {
    parameter,
    property,
    words: `${isAll ? 'all' : 'one'} of "${property}"`,
    matches: (item, value) => {
      const own = arrayOr(item[property])
      const wanted: readonly JsonValue[] = Array.isArray(value) ? arrayOr(value) : [value]
      const found = wanted.filter((one) => own.some((other) => same(one, other))).length
      if (found === wanted.length) return 'yes'
      if (found === 0) return 'no'
      return isAll ? 'no' : isAny ? 'yes' : 'maybe'
    },
    values: (all) => {
      const lists = all.map((item) => arrayOr(item[property])).filter((list) => list.length > 0)
      const longest = lists.toSorted((a, b) => b.length - a.length)
      const first = longest.map((list) => list.slice(0, 2))
      const isList = spec.schemas.accepts(parameter.schema ?? '', 'request', first[0] ?? null)
      return isList
        ? [...first, ...longest.map((list) => list.slice(0, 1))]
        : longest.flatMap((list) => list.slice(0, 1))
    },
  }
}

const lower =
  /^(min(imum)?|from|since|after|start(ing)?|gte?|at_?least|newer(_?than)?|above|over|more(_?than)?)/i
const upper =
  /^(max(imum)?|to|until|till|before|end(ing)?|lte?|at_?most|older(_?than)?|below|under|less(_?than)?)/i
const lowerEnd = /(_|\b)?(gte?|from|min|since|after)$/i
const upperEnd = /(_|\b)?(lte?|to|max|until|before)$/i

const isDay = (value: JsonValue): boolean =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value)

/** The property whose bound a parameter is: by the rest of its name, by its words, or the only one. */
const boundedFor = (
  spec: Spec,
  parameter: Parameter,
  rest: string,
  items: readonly JsonObject[],
): string | undefined => {
  const own =
    parameter.schema === undefined
      ? {}
      : flattened(spec.document, { $ref: `#${parameter.schema}` }, () => 0)
  const isTime = own['format'] === 'date' || own['format'] === 'date-time'
  const isNumber = own['type'] === 'integer' || own['type'] === 'number'
  if (!isTime && !isNumber) return undefined
  const names = [...new Set(items.flatMap((item) => Object.keys(item)))].filter((name) => {
    const seen = seenIn(items, name)
    const isRight = isTime ? seen.every(isDay) : seen.every((value) => typeof value === 'number')
    return seen.length > 0 && isRight && !/(^|_)id$|Id$/.test(name)
  })
  const wanted = plainName(rest)
  const exact = names.find((name) => plainName(name) === wanted)
  if (exact !== undefined || wanted !== '') return exact
  const words = wordsAt(spec, parameter.pointer).toLowerCase()
  const spoken = names.filter((name) => {
    const [stem = ''] = name.split(/(?=[A-Z])|_/)
    return stem.length > 2 && words.includes(stem.toLowerCase().replace(/s$/, ''))
  })
  if (spoken.length === 1) return spoken[0]
  return names.length === 1 ? names[0] : undefined
}

const amountOf = (value: JsonValue, isDate: boolean): number =>
  typeof value === 'number' ? value : Date.parse(isDate ? named(value).slice(0, 10) : named(value))

/** A value as a bound is written: of a time only the day, where the bound is a day. */
const written = (value: JsonValue, isDate: boolean): JsonValue =>
  isDate ? named(value).slice(0, 10) : value

/** A value just beyond another one. */
const shifted = (
  value: JsonValue | undefined,
  sign: number,
  isDate: boolean,
): readonly JsonValue[] => {
  if (typeof value === 'number') return [value + sign]
  if (typeof value !== 'string') return []
  return [written(new Date(Date.parse(value) + sign * 86_400_000).toISOString(), isDate)]
}

/** A parameter that is a bound of a property. */
const bound = (
  spec: Spec,
  parameter: Parameter,
  items: readonly JsonObject[],
): Filter | undefined => {
  const { name } = parameter
  const isLower = lower.test(name) || (lowerEnd.test(name) && !upper.test(name))
  const isUpper = !isLower && (upper.test(name) || upperEnd.test(name))
  if (!isLower && !isUpper) return undefined
  const rest = name.replace(isLower ? lower : upper, '').replace(isLower ? lowerEnd : upperEnd, '')
  const property = boundedFor(spec, parameter, rest, items)
  if (property === undefined) return undefined
  const own =
    parameter.schema === undefined
      ? {}
      : flattened(spec.document, { $ref: `#${parameter.schema}` }, () => 0)
  const isDate = own['format'] === 'date'
  const words = wordsAt(spec, parameter.pointer)
  const isInclusive =
    /at least|at most|or (more|less|later|earlier|after|before|higher|lower|equal|on)|inclusive|not (more|less|later|earlier) than|up to/i.test(
      words,
    )
  return {
    parameter,
    property,
    words: `"${property}" ${isLower ? 'from' : 'up to'} there`,
    matches: (item, value) => {
      const given = item[property]
      if (given === undefined || given === null) return 'maybe'
      const [a, b] = [amountOf(given, isDate), amountOf(value, isDate)]
      if (a === b) return isInclusive ? 'yes' : 'maybe'
      return a > b === isLower ? 'yes' : 'no'
    },
    values: (all) => {
      const seen = seenIn(all, property).toSorted(
        (a, b) => amountOf(a, isDate) - amountOf(b, isDate),
      )
      const middle = seen[Math.floor(seen.length / 2)]
      const beyond = isLower ? shifted(seen.at(-1), 1, isDate) : shifted(seen[0], -1, isDate)
      const last = isLower ? seen.at(-1) : seen[0]
      return [
        ...(middle === undefined ? [] : [written(middle, isDate)]),
        ...beyond,
        ...(last === undefined ? [] : [written(last, isDate)]),
      ]
    },
  }
}

/** What a parameter means for the items of a list; `undefined` where that is not beyond doubt. */
export const meaningOf = (
  spec: Spec,
  parameter: Parameter,
  items: readonly JsonObject[],
): Filter | undefined => {
  if (parameter.style === 'deepObject' || parameter.mediaType !== undefined) return undefined
  const property = propertyFor(spec, parameter, items)
  if (property === undefined) return bound(spec, parameter, items)
  const isList = seenIn(items, property).some(Array.isArray)
  return isList ? membership(spec, parameter, property) : equality(spec, parameter, property, items)
}
