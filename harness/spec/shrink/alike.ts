import { headerOf, type Exchange } from '../../model/http.ts'
import { isObject, type JsonValue } from '../json.ts'
import { jsonIn } from './given.ts'

/** What differs from run to run whatever is asked. */
const volatile =
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\d{4}-\d\d-\d\d[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?|\b[0-9a-f]{16,}\b/gi

/** Answers in which what an earlier answer gave is called by its name, and what is new by a number. */
const renaming = (names: ReadonlyMap<string, string>) => {
  const numbers = new Map<string, number>()
  const ofText = (text: string): string => {
    const name = names.get(text)
    if (name !== undefined) return `«${name}»`
    return text
      .split('/')
      .map((part) => (names.has(part) ? `«${names.get(part)}»` : part))
      .join('/')
      .replaceAll(volatile, (found) => {
        const number = numbers.get(found) ?? numbers.size
        numbers.set(found, number)
        return `«${number}»`
      })
  }
  const ofValue = (value: JsonValue): JsonValue => {
    if (typeof value === 'string') return ofText(value)
    if (typeof value === 'number') return names.has(String(value)) ? ofText(String(value)) : value
    if (Array.isArray(value)) return (value as readonly JsonValue[]).map(ofValue)
    return isObject(value)
      ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, ofValue(one)]))
      : value
  }
  return { ofText, ofValue }
}

const told: readonly string[] = ['content-type', 'etag', 'location']

/**
 * What exchanges show, without what is of one run only: two series are the same where the provider
 * answered the same to the same, ids, tags and times aside.
 *
 * @example
 * essenceOfAll(first, namesOfFirst) === essenceOfAll(again, namesOfAgain)
 */
export const essenceOfAll = (
  exchanges: readonly Exchange[],
  names: ReadonlyMap<string, string>,
): string => {
  const { ofText, ofValue } = renaming(names)
  return JSON.stringify(
    exchanges.map(({ answer, failure }) => {
      if (answer === undefined) return failure
      const json = jsonIn(answer.body)
      return [
        answer.status,
        told.map((name) => ofText(headerOf(answer.headers, name) ?? '')),
        json === undefined ? ofText(new TextDecoder().decode(answer.body)) : ofValue(json),
      ]
    }),
  )
}

/** What an error says, without any value: two errors of one cause are the same, whatever was sent. */
export const errorOf = ({ answer }: Exchange): string =>
  new TextDecoder()
    .decode(answer?.body)
    .slice(0, 10_000)
    .replaceAll(volatile, '#')
    .replaceAll(/-?\d+(\.\d+)?/g, '#')
