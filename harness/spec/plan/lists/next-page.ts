import { headerOf } from '../../../model/http.ts'
import { isObject, type JsonValue } from '../../json.ts'
import type { Parameter } from '../../types.ts'
import type { View } from './view.ts'

/** Members that say how to go on: `next`, `next_page_token`, `nextPageUri`, `@odata.nextLink`. */
const onward =
  /^(@?[a-z]+\.)?(next_?(page)?_?(cursor|token|page|uri|url|link|href|marker)?|cursor|continuation(_?token)?)$/i

const depthMax = 3

/** Members of an answer and of the objects in it, outermost first; not of what is listed. */
const membersOf = (body: JsonValue, depth = 0): readonly (readonly [string, JsonValue])[] => {
  if (!isObject(body) || depth > depthMax) return []
  const own = Object.entries(body)
  return [...own, ...own.flatMap(([, value]) => membersOf(value, depth + 1))]
}

/** A link of another page in the header `Link` (RFC 8288). */
const linked = ({ exchange }: View): JsonValue | undefined => {
  const text = headerOf(exchange.answer?.headers ?? [], 'link')
  if (text === undefined) return undefined
  return /<([^>]*)>[^,]*;\s*rel="?next"?/i.exec(text)?.[1] ?? null
}

/** The value of a parameter in a link, or the text itself where it is none. */
const valueIn = (text: string, { name }: Parameter): string | undefined => {
  if (!text.includes('?')) return /^([a-z]+:\/)?\//i.test(text) ? undefined : text
  return new URLSearchParams(text.slice(text.indexOf('?') + 1)).get(name) ?? undefined
}

/**
 * What a page says of how to get to the next one by a cursor: the cursor; `null` where it says that
 * there is none; `undefined` where it says nothing that is understood.
 */
export const followed = (seen: View, by: Parameter): string | null | undefined => {
  const members = membersOf(seen.body ?? null)
  const more = members.find(([name]) => /^has_?(more|next(_?page)?)$/i.test(name))?.[1]
  const said = members.find(([name, value]) => onward.test(name) && !isObject(value))
  const next = said === undefined ? linked(seen) : said[1]
  if (typeof next === 'string' && next !== '') return valueIn(next, by)
  // It goes on behind the last thing shown, as its own name says.
  if (more === true && /^(starting_?)?after$/i.test(by.name)) {
    const id = seen.items.at(-1)?.id
    return id === undefined ? undefined : String(id)
  }
  if (more === true) return undefined
  return more === false || next !== undefined ? null : undefined
}
