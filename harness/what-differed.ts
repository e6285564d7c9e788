import type { Attempt } from './model/evidence.ts'
import type { Exchange, HeaderFields } from './model/http.ts'

/** Deeper members of a body are compared as one text. */
const depthMax = 20
const linesMax = 8
const charactersMax = 80

/** Fields that differ between any two answers and explain nothing. */
const ofEveryAnswer = /^(date|connection|keep-alive|content-length|age|etag)$/i

type Difference = readonly [what: string, first: string, second: string]

const shown = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : (JSON.stringify(value) ?? 'nothing')
  return text.length > charactersMax ? `${text.slice(0, charactersMax)}…` : text
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const ofValues = (
  first: unknown,
  second: unknown,
  path: string,
  depth = 0,
): readonly Difference[] => {
  if (first === second) return []
  const comparable =
    isObject(first) && isObject(second) && Array.isArray(first) === Array.isArray(second)
  if (!comparable || depth > depthMax) {
    return JSON.stringify(first) === JSON.stringify(second)
      ? []
      : [[path, shown(first), shown(second)]]
  }
  const keys = [...new Set([...Object.keys(first), ...Object.keys(second)])]
  return keys.flatMap((key) =>
    ofValues(
      first[key],
      second[key],
      Array.isArray(first) ? `${path}[${key}]` : `${path}.${key}`,
      depth + 1,
    ),
  )
}

const parsed = (body: Uint8Array | undefined): unknown => {
  const text = new TextDecoder().decode(body)
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const fieldsOf = (headers: HeaderFields): Readonly<Record<string, string>> =>
  Object.fromEntries(
    headers
      .filter(([name]) => !ofEveryAnswer.test(name))
      .map(([name, value]) => [name.toLowerCase(), value]),
  )

const headersOf = (first: HeaderFields, second: HeaderFields): readonly Difference[] =>
  ofValues(fieldsOf(first), fieldsOf(second), 'header').map(([path, a, b]) => [
    path.replace('header.', 'header '),
    a,
    b,
  ])

const pathOf = (url: string): string => {
  const { pathname, search } = new URL(url)
  return pathname + search
}

const nameOf = ({ request }: Exchange): string => `${request.method} ${pathOf(request.url)}`

const cameOf = ({ answer, failure }: Exchange): string =>
  answer === undefined ? (failure ?? 'no answer') : `status ${answer.status}`

const ofExchanges = (first: Exchange, second: Exchange): readonly Difference[] => {
  const [a, b] = [first.answer, second.answer]
  const asked = ofValues(parsed(first.request.body), parsed(second.request.body), 'request $')
  if (nameOf(first) !== nameOf(second)) return [['request', nameOf(first), nameOf(second)]]
  if (a === undefined || b === undefined) {
    return [...asked, ...(a === b ? [] : [['answer', cameOf(first), cameOf(second)] as const])]
  }
  return [
    ...asked,
    ...ofValues(a.status, b.status, 'status'),
    ...headersOf(a.headers, b.headers),
    ...ofValues(parsed(a.body), parsed(b.body), '$'),
  ]
}

const exchangesOf = ({ events }: Attempt): readonly Exchange[] =>
  events.flatMap(({ exchange }) => (exchange === undefined ? [] : [exchange]))

/**
 * What differs between two runs of a case, one line for each, the first run's value before the
 * second's: requests and answers are compared in their order, JSON bodies member by member. What
 * every answer has of its own, such as its date, is left out.
 *
 * @example
 * whatDiffered(first, second) // ['GET /orders/1: $.status: "open" | "paid"']
 */
export const whatDiffered = (first: Attempt, second: Attempt): readonly string[] => {
  const [a, b] = [exchangesOf(first), exchangesOf(second)]
  const counts: readonly string[] =
    a.length === b.length ? [] : [`requests: ${a.length} | ${b.length}`]
  const differences = a.flatMap((exchange, index) => {
    const other = b[index]
    if (other === undefined) return []
    return ofExchanges(exchange, other).map(
      ([what, one, two]) => `${nameOf(exchange)}: ${what}: ${one} | ${two}`,
    )
  })
  const all = [...counts, ...differences]
  const more = all.length - linesMax
  return more > 0 ? [...all.slice(0, linesMax), `… and ${more} more`] : all
}
