import * as fc from 'fast-check'
import { textsMatching } from './matching.ts'

const two = (value: number): string => String(value).padStart(2, '0')

/** Plain values of the formats that JSON Schema and OpenAPI name; `salt` makes them differ. */
const byFormat: Readonly<Record<string, (salt: number) => string>> = {
  date: (salt) => `2026-01-${two((salt % 28) + 1)}`,
  'date-time': (salt) => `2026-01-${two((salt % 28) + 1)}T10:00:00Z`,
  time: () => '10:00:00Z',
  duration: () => 'PT1H',
  email: (salt) => `user${salt}@example.com`,
  'idn-email': (salt) => `user${salt}@example.com`,
  hostname: (salt) => `host${salt}.example.com`,
  'idn-hostname': (salt) => `host${salt}.example.com`,
  ipv4: () => '192.0.2.1',
  ipv6: () => '2001:db8::1',
  uri: (salt) => `https://example.com/${salt}`,
  iri: (salt) => `https://example.com/${salt}`,
  url: (salt) => `https://example.com/${salt}`,
  'uri-reference': (salt) => `/${salt}`,
  'iri-reference': (salt) => `/${salt}`,
  'uri-template': () => '/orders/{id}',
  uuid: (salt) => `00000000-0000-4000-8000-${String(salt).padStart(12, '0')}`,
  'json-pointer': () => '/a',
  'relative-json-pointer': () => '0',
  regex: () => '^a$',
  byte: () => 'dGV4dA==',
  int64: (salt) => String(salt),
  int32: (salt) => String(salt),
}

const matching = (pattern: string, seed: number): string | undefined => {
  const texts = textsMatching(pattern, '-1')
  if (texts === undefined) return undefined
  // The shortest of a handful reads best and breaks least.
  const samples = fc.sample(texts, { seed, numRuns: 20 }).filter((text) => matches(text, pattern))
  return (
    samples.filter((text) => text !== '').toSorted((a, b) => a.length - b.length)[0] ?? samples[0]
  )
}

const matches = (text: string, pattern: string): boolean => {
  try {
    return new RegExp(pattern, 'u').test(text)
  } catch {
    return false
  }
}

/** What is asked of a text. */
export interface TextRules {
  readonly format?: string
  readonly pattern?: string
  readonly lengthMin: number
  readonly lengthMax: number
}

const fitted = (text: string, { lengthMin, lengthMax }: TextRules): string =>
  text.padEnd(lengthMin, 'x').slice(0, lengthMax)

/**
 * A plain text that keeps the rules as far as is known without a validator: of the format, of the
 * pattern, or a short word with a number.
 *
 * @example
 * plainText({ format: 'uuid', lengthMin: 0, lengthMax: Infinity }, 7) // '00000000-0000-4000-8000-000000000007'
 */
export const plainText = (rules: TextRules, salt: number): string => {
  const { format, pattern, lengthMax } = rules
  const make =
    format !== undefined && Object.hasOwn(byFormat, format) ? byFormat[format] : undefined
  if (pattern !== undefined) {
    const formatted = make?.(salt) ?? ''
    const fits = [formatted, formatted.toUpperCase()].find(
      (text) => text !== '' && matches(text, pattern),
    )
    return fits ?? matching(pattern, salt) ?? ''
  }
  if (make !== undefined) return make(salt)
  const numbered = `text${salt}`
  return fitted(numbered.length <= lengthMax ? numbered : `${salt.toString(36)}text`, rules)
}
