import type { Exchange } from '../../../model/http.ts'
import { isObject, typeName, type JsonValue } from '../../json.ts'
import { jsonOf } from '../state/observe.ts'

/** What the answers so far have told. */
export interface Memory {
  /** Whether an answer was of a kind that did not come before: a status, or a shape of its body. */
  isNew(exchange: Exchange): boolean
  /** Values that were seen under a name in answers. */
  valuesOf(name: string): readonly JsonValue[]
}

const depthMax = 5
const partsMax = 200
const valuesMax = 12

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')

/** What is there and of which type, whatever the values. */
const shapeOf = (body: JsonValue | undefined): string => {
  const parts = new Set<string>()
  const visit = (value: JsonValue, at: string, depth: number): void => {
    if (parts.size >= partsMax || depth > depthMax) return
    parts.add(`${at} ${typeName(value)}`)
    if (Array.isArray(value))
      for (const item of value as readonly JsonValue[]) visit(item, `${at}/*`, depth + 1)
    else if (isObject(value))
      for (const [name, part] of Object.entries(value)) visit(part, `${at}/${name}`, depth + 1)
  }
  if (body !== undefined) visit(body, '', 0)
  return [...parts].toSorted().join('\n')
}

/** A memory that knows nothing yet; each answer that it is asked about is remembered. */
export const openMemory = (): Memory => {
  const kinds = new Set<string>()
  const values = new Map<string, JsonValue[]>()
  const note = (body: JsonValue, depth: number): void => {
    if (depth > depthMax) return
    if (Array.isArray(body))
      for (const item of (body as readonly JsonValue[]).slice(0, valuesMax)) note(item, depth + 1)
    else if (isObject(body))
      for (const [name, value] of Object.entries(body)) {
        if (typeof value === 'object') {
          note(value, depth + 1)
          continue
        }
        const known = values.get(plain(name)) ?? []
        if (known.length < valuesMax && !known.includes(value))
          values.set(plain(name), [...known, value])
      }
  }
  return {
    isNew: (exchange) => {
      const body = jsonOf(exchange)
      const status = exchange.answer?.status ?? 0
      if (body !== undefined && status < 300) note(body, 0)
      const kind = `${status}\n${shapeOf(body)}`
      const isNew = !kinds.has(kind)
      kinds.add(kind)
      return isNew
    },
    valuesOf: (name) => values.get(plain(name)) ?? [],
  }
}
