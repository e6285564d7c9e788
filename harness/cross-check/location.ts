import { isObject, type JsonValue } from '../spec/json.ts'

const keyAt = (value: JsonValue, rest: string): string | undefined => {
  if (Array.isArray(value)) return /^\[?(\d+)\]?(?=[.[]|$)/.exec(rest)?.[1]
  if (!isObject(value)) return undefined
  const ends = (key: string): boolean =>
    rest.startsWith(key) && (rest.length === key.length || /[.[]/.test(rest.charAt(key.length)))
  return Object.keys(value)
    .filter((key) => key !== '' && ends(key))
    .toSorted((a, b) => b.length - a.length)[0]
}

/** What is left of the text behind an index or key and the marks around it. */
const behind = (rest: string, key: string): string =>
  rest.replace(/^\[/, '').slice(key.length).replace(/^\]/, '').replace(/^\./, '')

/**
 * The segments that a location of the comparator leads to, as far as the value has them. It writes
 * `[root].response.body.items.1.a.b`, where a dot may as well be part of a key.
 *
 * @example
 * locationSegments({ a: [{ 'b.c': 1 }] }, '[root].a.0.b.c') // ['a', '0', 'b.c']
 */
export const locationSegments = (root: JsonValue, location: string): readonly string[] => {
  const segments: string[] = []
  let rest = location.replace(/^\[root\]\.?/, '')
  let value: JsonValue | undefined = root
  while (rest !== '' && value !== undefined) {
    const key = keyAt(value, rest)
    if (key === undefined) break
    segments.push(key)
    rest = behind(rest, key)
    value = Array.isArray(value)
      ? (value as readonly JsonValue[])[Number(key)]
      : isObject(value)
        ? value[key]
        : undefined
  }
  return segments
}
