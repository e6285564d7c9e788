import * as fc from 'fast-check'
import { evenly } from './made.ts'

const two = (value: number): string => String(value).padStart(2, '0')

const dayMilliseconds = 86_400_000

/** Days of the years in which most programs live. */
const days = evenly(Date.UTC(2000, 0, 1) / dayMilliseconds, Date.UTC(2040, 0, 1) / dayMilliseconds)

const dates = days.map((day) => new Date(day * dayMilliseconds).toISOString().slice(0, 10))

const clocks = fc
  .tuple(evenly(0, 23), evenly(0, 59), evenly(0, 59))
  .map((parts) => parts.map(two).join(':'))

/** RFC 3339, 5.6: times have an offset. */
const offsets = fc.oneof(
  fc.constant('Z'),
  fc.constantFrom('+00:00', '+02:00', '-05:30', '+14:00'),
  evenly(0, 999).map((milliseconds) => `.${String(milliseconds).padStart(3, '0')}Z`),
)

const times = fc.tuple(clocks, offsets).map(([clock, offset]) => clock + offset)

const letters = 'abcdefghijklmnopqrstuvwxyz'
const words = fc.string({
  unit: fc.constantFrom(...letters.split('')),
  minLength: 1,
  maxLength: 12,
})
const hosts = fc.tuple(words, fc.constantFrom('example.com', 'example.org', 'a.example.net'))

const emails = fc
  .tuple(words, fc.constantFrom('', '+tag', '.b', '-1', '_x', '1'), hosts)
  .map(([name, more, [, domain]]) => `${name}${more}@${domain}`)

const paths = fc.array(words, { maxLength: 3 }).map((parts) => `/${parts.join('/')}`)

const uris = fc
  .tuple(
    fc.constantFrom('https', 'http'),
    hosts,
    paths,
    fc.constantFrom('', '?q=1', '#a', '?a=%20'),
  )
  .map(([scheme, [name, domain], path, more]) => `${scheme}://${name}.${domain}${path}${more}`)

const durations = fc
  .tuple(evenly(0, 40), evenly(0, 30), fc.boolean())
  .map(([count, hours, isLong]) =>
    isLong ? `P${count}D${hours === 0 ? '' : `T${hours}H`}` : `PT${hours}H${count}M`,
  )

const pointers = fc
  .array(fc.oneof(words, fc.constantFrom('0', '~0', '~1', '')), { maxLength: 3 })
  .map((parts) => parts.map((part) => `/${part}`).join(''))

const base64 = fc
  .uint8Array({ maxLength: 24 })
  .map((bytes) => Buffer.from(bytes).toString('base64'))

/** Texts of the formats that JSON Schema (2020-12, validation, 7.3) and OpenAPI name. */
export const formatted: Readonly<Record<string, fc.Arbitrary<string>>> = {
  date: dates,
  'date-time': fc.tuple(dates, times).map(([date, time]) => `${date}T${time}`),
  time: times,
  duration: durations,
  email: emails,
  'idn-email': emails,
  hostname: hosts.map((parts) => parts.join('.')),
  'idn-hostname': hosts.map((parts) => parts.join('.')),
  ipv4: fc.ipV4(),
  ipv6: fc.ipV6(),
  uri: uris,
  url: uris,
  iri: uris,
  'uri-reference': fc.oneof(uris, paths),
  'iri-reference': fc.oneof(uris, paths),
  'uri-template': paths.map((path) => `${path}/{id}`),
  uuid: fc.uuid({ version: [1, 4, 7] }),
  'json-pointer': pointers,
  'relative-json-pointer': fc.tuple(evenly(0, 3), pointers).map(([up, at]) => `${up}${at}`),
  regex: fc.constantFrom('^a+$', '[a-z]{2}', '.', 'a|b', String.raw`\d+`),
  byte: base64,
}
