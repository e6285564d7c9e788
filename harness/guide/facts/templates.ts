import { visit } from 'unist-util-visit'
import { isMap, isPair, isScalar, LineCounter, parseDocument, visit as visitYaml } from 'yaml'
import type { Place } from '../../model/place.ts'
import { parseOrNothing } from '../read/parse-page.ts'
import { makeSource } from '../read/source.ts'
import { factRows } from './columns.ts'
import { saysValue } from './value.ts'

/** What a file that a page links to says of a setting. */
export interface Told {
  readonly name: string
  readonly value: string
  readonly place: Place
  /** Whether it is what holds where nobody sets it, or only a value that somebody put there. */
  readonly isDefault: boolean
}

const sizeMax = 256 * 1024
const name = '[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*'
const assignment = new RegExp(
  `^\\s*(#\\s*)?(?:export\\s+|ENV\\s+)?(${name})\\s*=\\s*(.*?)(?:\\s+#\\s*(.*))?$`,
)
/** `\${NAME:-value}` of shells and Compose, `\${NAME:value}` of Spring. */
const fallback = new RegExp(`\\$\\{(${name}):-?([^}$]*)\\}`, 'g')
const defaults = /\bdefaults?\b/i

const isEnv = (file: string): boolean =>
  /(?:^|\/|\.)env(?:\.|$)|\.(?:properties|conf|ini)$/i.test(file)

const envTold = (file: string, text: string): readonly Told[] => {
  const lines = text.split('\n')
  const head = lines.slice(
    0,
    lines.findIndex((line) => !/^\s*(?:#|$)/.test(line)),
  )
  const whole =
    defaults.test(file) || head.some((line) => !assignment.test(line) && defaults.test(line))
  return lines.flatMap((line, index) => {
    const [, comment, key, value = '', behind = ''] = assignment.exec(line.replace(/\r$/, '')) ?? []
    if (key === undefined || !saysValue(value)) return []
    const isDefault = whole || comment !== undefined || defaults.test(behind)
    return [{ name: key, value, place: { file, line: index + 1 }, isDefault }]
  })
}

const fallbacksIn = (file: string, text: string): readonly Told[] =>
  [...text.matchAll(fallback)].flatMap(({ 1: key = '', 2: value = '', index }) =>
    saysValue(value)
      ? [{ name: key, value, place: makeSource(file, text).placeAt(index), isDefault: true }]
      : [],
  )

/** `NAME: value`, `{ name: NAME, value: … }` and, in a schema of settings, `NAME: { default: … }`. */
const treeTold = (file: string, text: string): readonly Told[] => {
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter, logLevel: 'silent' })
  if (document.errors.length > 0) return []
  const whole = defaults.test(file) || /(?:^|\/)values\.ya?ml$/.test(file)
  const told: Told[] = []
  const tell = (key: unknown, value: unknown, offset: number | undefined, isDefault: boolean) => {
    if (typeof key !== 'string' || !new RegExp(`^${name}$`).test(key)) return
    if (!['string', 'number', 'boolean'].includes(typeof value) || !saysValue(String(value))) return
    const { line } = counter.linePos(offset ?? 0)
    told.push({ name: key, value: String(value), place: { file, line }, isDefault })
  }
  visitYaml(document, {
    Pair: (_, pair) => {
      const { key, value } = pair
      if (!isPair(pair) || !isScalar(key)) return
      if (isScalar(value)) tell(key.value, value.value, key.range?.[0], whole)
      if (isMap(value)) tell(key.value, value.get('default'), key.range?.[0], true)
    },
    Map: (_, map) => {
      const at = map.range?.[0]
      tell(map.get('name'), map.get('default'), at, true)
      tell(map.get('name'), map.get('value'), at, whole)
    },
  })
  return told
}

/** Tables of settings with a column Default in another page. */
const pageTold = (file: string, text: string): readonly Told[] => {
  const source = makeSource(file, text)
  const told: Told[] = []
  visit(parseOrNothing(text), 'table', (table) => {
    for (const { cells, from } of factRows(table) ?? []) {
      const { name: key, default: value } = cells
      if (key === undefined || value === undefined || !saysValue(value.text)) continue
      told.push({ name: key.text, value: value.text, place: source.placeAt(from), isDefault: true })
    }
  })
  return told
}

/**
 * What a file of the project says of settings, by its kind: `.env` and the like, YAML, JSON, a page
 * with a table of settings; in any other, `\${NAME:-value}`. What cannot be read says nothing.
 *
 * @example
 * toldBy('.env.example', '# RATE_LIMIT=6000') // [{ name: 'RATE_LIMIT', value: '6000', isDefault: true, … }]
 */
export const toldBy = (file: string, text: string): readonly Told[] => {
  if (text.length > sizeMax) return []
  if (/\.md$/i.test(file)) return pageTold(file, text)
  const ways = isEnv(file) ? envTold : /\.(?:ya?ml|jsonc?)$/i.test(file) ? treeTold : undefined
  return [...(ways?.(file, text) ?? []), ...fallbacksIn(file, text)]
}
