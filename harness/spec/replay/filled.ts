import { headerOf, type Exchange } from '../../model/http.ts'
import type { Taking } from '../../model/recipe.ts'
import { isObject, type JsonValue } from '../json.ts'
import { valueAt } from '../pointer.ts'
import type { PlannedRequest } from '../types.ts'

/** What answers gave, by the names under which later requests hold it. */
export type Bindings = ReadonlyMap<string, string | number>

const replaced = (
  text: string,
  bindings: Bindings,
  write: (value: string | number) => string,
): string =>
  text.replaceAll(/\{\{([^{}]+)\}\}/g, (whole, name: string) => {
    const value = bindings.get(name)
    return value === undefined ? whole : write(value)
  })

/** In JSON a text stands between quotes already. */
const inJson = (value: string | number): string =>
  typeof value === 'number' ? String(value) : JSON.stringify(value).slice(1, -1)

/** A request of a recipe with what earlier answers gave in the place of each `{{name}}`. */
export const filled = (planned: PlannedRequest, bindings: Bindings): PlannedRequest => {
  if (bindings.size === 0) return planned
  const { target, headers, body } = planned
  const isWhole = /^\{\{[^{}]+\}\}$/.test(target)
  return {
    ...planned,
    target: replaced(target, bindings, (value) =>
      isWhole ? String(value) : encodeURIComponent(String(value)),
    ),
    headers: headers.map(([name, value]) => [name, replaced(value, bindings, String)] as const),
    ...(body === undefined
      ? {}
      : {
          body: isMarked(body)
            ? new TextEncoder().encode(replaced(new TextDecoder().decode(body), bindings, inJson))
            : body,
        }),
  }
}

/** Bytes that are no text stay what they are. */
const isMarked = (body: Uint8Array): boolean => new TextDecoder().decode(body).includes('{{')

const jsonOf = (bytes: Uint8Array): JsonValue | undefined => {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as JsonValue
  } catch {
    return undefined
  }
}

/** A reference, without its origin or without all but its last segment. */
const keptOf = {
  all: (text: string): string => text,
  path: (text: string): string => text.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, ''),
  last: (text: string): string => (text.split(/[?#]/)[0] ?? '').split('/').at(-1) ?? '',
} as const

/** What an answer gives; `undefined` where it is not in there. */
export const takenFrom = (
  { answer }: Exchange,
  from: Taking['from'],
): string | number | undefined => {
  if (answer === undefined) return undefined
  if ('header' in from) {
    const text = headerOf(answer.headers, from.header)
    return text === undefined ? undefined : keptOf[from.keep](text)
  }
  const json = jsonOf(answer.body)
  const value = json === undefined ? undefined : valueAt(json, from.pointer)
  return isObject(value) || (typeof value !== 'string' && typeof value !== 'number')
    ? undefined
    : value
}
