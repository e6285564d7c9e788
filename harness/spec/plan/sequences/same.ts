import { named, isObject, type JsonObject, type JsonValue } from '../../json.ts'
import { below } from '../../pointer.ts'
import { placesIn } from '../../schema/places.ts'
import { plainName } from '../state/templates.ts'

const plain = (text: string): string => text.normalize('NFC').trim().toLowerCase()

/** Whether two texts are the same moment, written in two ways (RFC 3339). */
const isSameTime = (a: string, b: string): boolean =>
  /^\d{4}-\d\d-\d\d/.test(a) && /^\d{4}-\d\d-\d\d/.test(b) && Date.parse(a) === Date.parse(b)

const isSameList = (a: readonly JsonValue[], b: readonly JsonValue[]): boolean => {
  const left = [...b]
  // What was sent may be kept in another order.
  return a.every((item) => {
    const index = left.findIndex((other) => isSame(item, other))
    if (index !== -1) left.splice(index, 1)
    return index !== -1
  })
}

/**
 * Whether what is read is what was written. A provider may write it otherwise: another order, other
 * capitals, another offset of a time, members added to an object.
 */
export const isSame = (written: JsonValue, read: JsonValue): boolean => {
  if (typeof written === 'string' && typeof read === 'string')
    return plain(written) === plain(read) || isSameTime(written, read)
  if (Array.isArray(written) && Array.isArray(read))
    return (
      written.length === read.length &&
      isSameList(written as readonly JsonValue[], read as readonly JsonValue[])
    )
  if (isObject(written) && isObject(read))
    return Object.entries(written).every(([name, value]) => {
      const other = read[name]
      return other === undefined ? value === null : isSame(value, other)
    })
  // In a form, and in some headers, numbers and truth values are text.
  return written === read || (typeof written !== typeof read && named(written) === named(read))
}

/** One part that was written and is not read. */
export interface Difference {
  readonly at: string
  readonly written: JsonValue
  /** Absent: it is not there. */
  readonly read?: JsonValue
}

/** What speaks of the same thing in a body: itself, or the object that it wraps. */
export const unwrapped = (
  body: JsonValue | undefined,
  like: JsonObject,
): JsonObject | undefined => {
  if (!isObject(body)) return undefined
  const shared = (one: JsonObject): number =>
    Object.keys(like).filter((name) => Object.hasOwn(one, name)).length
  const inner = Object.values(body).filter(isObject)
  const [best] = [body, ...inner].toSorted((a, b) => shared(b) - shared(a))
  return best
}

/**
 * What was written, under the names under which it is read: `FriendlyName` of a form is
 * `friendly_name` in JSON. Only texts that are texts there, as all else may be written otherwise too.
 */
export const withNamesOf = (written: JsonObject, read: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(written).map(([name, value]) => {
      if (typeof value !== 'string' || Object.hasOwn(read, name)) return [name, value]
      const alike = Object.keys(read).filter((one) => plainName(one) === plainName(name))
      const [other] = alike
      const found = other === undefined ? undefined : read[other]
      const isText = typeof found === 'string' && ![value, found].some((one) => /^\W*\d/.test(one))
      return [isText && alike.length === 1 && other !== undefined ? other : name, value]
    }),
  )

const differencesAt = (
  written: JsonObject,
  read: JsonObject,
  documented: ReadonlySet<string>,
  base: string,
): readonly Difference[] =>
  Object.entries(written).flatMap(([name, value]): readonly Difference[] => {
    const at = below(base, name)
    const other = read[name]
    if (other === undefined)
      // What the document does not show there may be kept all the same.
      return value === null || !documented.has(at) ? [] : [{ at, written: value }]
    if (isObject(value) && isObject(other)) return differencesAt(value, other, documented, at)
    return isSame(value, other) ? [] : [{ at, written: value, read: other }]
  })

/** What was written and is not read, of what the document says can be read. */
export const differences = (
  written: JsonObject,
  read: JsonObject,
  document: JsonObject,
  schema: string | undefined,
): readonly Difference[] => {
  const places = schema === undefined ? [] : placesIn(document, { $ref: `#${schema}` }, read)
  const shown = places.filter((place) => place.schema['writeOnly'] !== true)
  return differencesAt(written, read, new Set(shown.map(({ at }) => at)), '')
}
