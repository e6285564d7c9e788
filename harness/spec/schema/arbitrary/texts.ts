import * as fc from 'fast-check'
import { arrayOr, type JsonObject, type JsonValue } from '../../json.ts'
import { textsMatching } from '../matching.ts'
import { formatted } from './formats.ts'
import { evenly, firstOf, nothing, numberOr, type Made } from './made.ts'

/** Longer texts than this are not made where nothing asks for them. */
const lengthUsual = 24
const lengthMax = 400

const lengthOf = (text: string): number => Array.from(text).length

const compiled = (pattern: string): RegExp | undefined => {
  try {
    return new RegExp(pattern, 'u')
  } catch {
    return undefined
  }
}

const pool = (characters: string): fc.Arbitrary<string> =>
  fc.constantFrom(...Array.from(characters))

/** Alphabets, from plain to wide; a text is of one of them. */
const alphabets: readonly fc.Arbitrary<string>[] = [
  pool('abcdefghijklmnopqrstuvwxyz'),
  pool('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'),
  pool(` abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLM0123456789.,;:-_/()&'"!?#%+`),
  pool('äéñøşžßçΩЖ漢字あ한ा🎉𝒜👍🏽'),
]

/** What starts or ends with a space is cut by many, and nobody minds. */
const trimmed = (text: string): string =>
  text.replaceAll(/^ +| +$/g, (spaces) => 'x'.repeat(spaces.length))

const free = (min: number, max: number): fc.Arbitrary<Made> => {
  const short = evenly(min, Math.min(max, Math.max(min, lengthUsual)))
  const long = evenly(min, Math.min(max, Math.max(min, lengthMax)))
  return fc.oneof({ weight: 3, arbitrary: short }, { weight: 1, arbitrary: long }).chain((length) =>
    fc
      .constantFrom(...alphabets)
      .chain((unit) => fc.string({ unit, minLength: length, maxLength: length }))
      .map(trimmed),
  )
}

/** Texts that a document shows itself. */
const shown = (schema: JsonObject): readonly string[] =>
  [...arrayOr(schema['examples']), schema['example'], schema['default']].filter(
    (value) => typeof value === 'string',
  )

/** Texts of a schema's format, pattern and lengths. */
export const textsOf = (schema: JsonObject): fc.Arbitrary<Made> => {
  const { format, pattern } = schema
  const min = numberOr(schema, 'minLength', 0)
  const max = numberOr(schema, 'maxLength', Infinity)
  if (min > max) return fc.constant(nothing)
  const expression = typeof pattern === 'string' ? compiled(pattern) : undefined
  const passes = (value: JsonValue): boolean =>
    typeof value === 'string' &&
    value.isWellFormed() &&
    lengthOf(value) >= min &&
    lengthOf(value) <= max &&
    (expression === undefined || expression.test(value))
  const make =
    typeof format === 'string' && Object.hasOwn(formatted, format) ? formatted[format] : undefined
  const sources: fc.Arbitrary<Made>[] = []
  if (make !== undefined)
    sources.push(
      make,
      make.map((text) => text.toUpperCase()),
    )
  else if (typeof pattern === 'string') {
    const made = textsMatching(pattern, '=')
    if (made !== undefined) sources.push(made)
  }
  if (make !== undefined && expression === undefined) return firstOf(make, passes)
  const known = shown(schema)
  if (known.length > 0 && sources.length > 0) sources.push(fc.constantFrom(...known))
  if (typeof pattern !== 'string') return free(Math.max(min, max === 0 ? 0 : 1), max)
  if (sources.length === 0) sources.push(...known.map((one) => fc.constant(one)), free(min, max))
  return firstOf(fc.oneof(...sources), passes)
}
