import * as fc from 'fast-check'
import type { JsonObject } from '../../json.ts'
import { textsMatching } from '../matching.ts'
import type { ValuePlace } from '../places.ts'
import { numberIn, set, typesIn, type VaryContext, type Variation } from './variation.ts'

const isText = (schema: JsonObject): boolean =>
  typesIn(schema).includes('string') &&
  schema['enum'] === undefined &&
  schema['const'] === undefined

/** Beyond this a bound is no bound that anybody wants to meet. */
const lengthMax = 20_000

const samplesOf = (pattern: string, seed: number): readonly string[] => {
  const texts = textsMatching(pattern, '=')
  return texts === undefined ? [] : fc.sample(texts, { seed, numRuns: 40 })
}

/** Formats that say how a text is shown, and not what it may be (OpenAPI 3.1, 4.4). */
const isFree = (format: string): boolean =>
  /^(password|textarea|multiline|markdown|html|string|text)$/i.test(format)

/** A text of so many characters that looks like the one that is there. */
const ofLength = (
  schema: JsonObject,
  value: unknown,
  length: number,
  seed: number,
): string | undefined => {
  const { format, pattern } = schema
  const start = typeof value === 'string' && value !== '' ? value : 'text'
  if (format === 'email') {
    const [name = 'a', domain = 'example.com'] = start.split('@')
    const room = length - domain.length - 1
    // RFC 5321, 4.5.3.1: a mailbox has a name of at most 64 characters.
    return room < 1 || room > 64 ? undefined : `${name.padEnd(room, 'x').slice(0, room)}@${domain}`
  }
  if (typeof format === 'string' && !isFree(format)) return undefined
  if (typeof pattern === 'string') {
    const padded = [
      start.padEnd(length, start.at(-1)),
      start.slice(0, length),
      start.padEnd(length, 'x'),
    ]
    const fits = (text: string): boolean => {
      try {
        return Array.from(text).length === length && new RegExp(pattern, 'u').test(text)
      } catch {
        return false
      }
    }
    return [...padded, ...samplesOf(pattern, seed)].find(fits)
  }
  const characters = Array.from(start).slice(0, length)
  return characters.join('') + 'x'.repeat(length - characters.length)
}

const lengths = (
  place: ValuePlace,
  seed: number,
  differences: { readonly min: readonly number[]; readonly max: readonly number[] },
): readonly Variation[] => {
  const { schema, value } = place
  if (!isText(schema)) return []
  return (['min', 'max'] as const).flatMap((side) => {
    const rule = `${side}Length`
    const bound = numberIn(schema, rule)
    if (bound === undefined) return []
    return differences[side].flatMap((difference) => {
      const length = bound + difference
      if (length < 0 || length > lengthMax) return []
      const text = ofLength(schema, value, length, seed)
      return text === undefined ? [] : [set(place, rule, text, `has ${length} characters`)]
    })
  })
}

/** As short and as long as a text may be, and one character off towards the middle. */
export const textsInside = (place: ValuePlace, { seed }: VaryContext): readonly Variation[] =>
  lengths(place, seed, { min: [0, 1], max: [0, -1] })

/** One character too short, one too long. */
export const textsOutside = (place: ValuePlace, { seed }: VaryContext): readonly Variation[] =>
  lengths(place, seed, { min: [-1], max: [1] })

/** Letters of many scripts, and characters outside of the Basic Multilingual Plane. */
const letters = 'Zoë Ñandú 漢字 Ω 𝒜 🎉'

/** A text in other scripts; its length is within the bounds however it is counted. */
export const textsOfTheWorld = (place: ValuePlace): readonly Variation[] => {
  const { schema } = place
  if (!isText(schema) || schema['pattern'] !== undefined || schema['format'] !== undefined)
    return []
  const most = numberIn(schema, 'maxLength') ?? Infinity
  const least = numberIn(schema, 'minLength') ?? 0
  const text = letters.length <= most ? letters : '🎉é'
  const isBounded = text.length <= most && Array.from(text).length >= least
  return isBounded ? [set(place, 'unicode', text)] : []
}

/** What programs trip over: nobody says that it must be refused, or that it must be taken. */
export const textsThatTrip = (place: ValuePlace): readonly Variation[] => {
  if (!isText(place.schema)) return []
  const texts = ['', `'"\\%;--`, 'a\u0000b', '<b>&amp;{{7*7}}${7}', 'x'.repeat(5000), '%', '../..']
  return texts.map((text) =>
    set(place, 'odd', text, text.length > 100 ? `has ${text.length} characters` : undefined),
  )
}

const gross: Readonly<Record<string, readonly string[]>> = {
  date: ['2026-02-30', 'tomorrow'],
  'date-time': ['2026-02-30T25:00:00Z', 'yesterday'],
  uuid: ['not-a-uuid'],
  email: ['no-address'],
  ipv4: ['300.1.1.1'],
}

/** Texts that are grossly not of a format: finer ones are a matter of opinion. */
export const formatsBroken = (place: ValuePlace): readonly Variation[] => {
  const { format } = place.schema
  if (typeof format !== 'string' || !Object.hasOwn(gross, format)) return []
  return (gross[format] ?? []).map((text) => set(place, 'format', text))
}

/** Texts that miss a pattern, by a hair where that is possible: a missing anchor shows only then. */
export const patternsBroken = (place: ValuePlace): readonly Variation[] => {
  const { schema, value } = place
  const { pattern } = schema
  if (!isText(schema) || typeof pattern !== 'string' || typeof value !== 'string') return []
  const near = [
    `${value}!`,
    `!${value}`,
    value.slice(0, -1),
    value + (value.at(-1) ?? 'x'),
    value.toLowerCase(),
    value.toUpperCase(),
    `${value.slice(0, 1)} ${value.slice(1)}`,
    '§',
  ]
  const misses = (text: string): boolean => {
    try {
      return text !== value && text !== '' && !new RegExp(pattern, 'u').test(text)
    } catch {
      return false
    }
  }
  return [...new Set(near)].filter(misses).map((text) => set(place, 'pattern', text))
}
