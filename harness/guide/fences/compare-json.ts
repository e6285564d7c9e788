import { isRecord } from '../../model/is-record.ts'
import { isDeepStrictEqual } from 'node:util'
import type { Place } from '../../model/place.ts'
import { fillText, fitsText, keptValue, textOf, type Hole, type Kept } from './hole.ts'
import type { JsonTemplate } from './json-template.ts'

/** One expectation of a fence that did not hold, at its own place in the page. */
export interface Mismatch {
  readonly place: Place
  /** What it is about: `/items/0/price`, `Location`, `row 2, column status`. */
  readonly subject: string
  readonly expected: string
  readonly actual: string
}

const lengthMax = 300

/**
 * A value as a report shows it, cut where it is long.
 *
 * @example
 * shown({ a: 1 }) // '{"a":1}'
 */
export const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > lengthMax ? `${text.slice(0, lengthMax)}…` : text
}

const holeMismatch = (hole: Hole, actual: unknown, kept: Kept): string | undefined => {
  if (hole.kind === 'use') {
    const value = keptValue(kept, hole.name)
    const same = isDeepStrictEqual(value, actual) || textOf(value) === textOf(actual)
    return same ? undefined : `${shown(value)}, kept as {{${hole.name}}}`
  }
  if (actual === null) return 'anything but null'
  if (hole.kind === 'new') kept.set(hole.name, actual)
  return undefined
}

const membersOf = (actual: Readonly<Record<string, unknown>>): string => {
  const members = Object.keys(actual)
  return members.length === 0 ? 'no members' : `members ${members.slice(0, 20).join(', ')}`
}

/** A text with holes as a report shows it: names filled, `…` for what may be anything. */
const openText = (text: string, kept: Kept): string =>
  fillText(text.replaceAll(/\{\{\s*(?:any|new\s[^}]*)\}\}/g, '…'), kept)

/**
 * What of the expected JSON an answer lacks: objects may have more members, arrays are compared
 * whole, numbers by value. New names are kept on the way. Throws `NothingKept`.
 *
 * @example
 * compareJson(root, { id: 7, status: 'open' }, kept) // []
 */
export const compareJson = (
  template: JsonTemplate,
  actual: unknown,
  kept: Kept,
  pointer = '',
): readonly Mismatch[] => {
  const miss = (expected: string): readonly Mismatch[] => [
    {
      place: template.place,
      subject: pointer === '' ? 'the body' : pointer,
      expected,
      actual: shown(actual),
    },
  ]
  if (template.kind === 'value') return template.value === actual ? [] : miss(shown(template.value))
  if (template.kind === 'hole') {
    const expected = holeMismatch(template.hole, actual, kept)
    return expected === undefined ? [] : miss(expected)
  }
  if (template.kind === 'text')
    return typeof actual === 'string' && fitsText(template.text, actual, kept)
      ? []
      : miss(`"${openText(template.text, kept)}"`)
  if (template.kind === 'array') {
    if (!Array.isArray(actual)) return miss('an array')
    const { items } = template
    if (actual.length !== items.length) return miss(`an array of ${items.length}`)
    return items.flatMap((item, index) =>
      compareJson(item, actual[index], kept, `${pointer}/${index}`),
    )
  }
  if (!isRecord(actual)) return miss('an object')
  return template.members.flatMap(({ name, value }): readonly Mismatch[] => {
    const path = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (Object.hasOwn(actual, name)) return compareJson(value, actual[name], kept, path)
    return [
      {
        place: value.place,
        subject: path,
        expected: `a member "${name}"`,
        actual: membersOf(actual),
      },
    ]
  })
}
