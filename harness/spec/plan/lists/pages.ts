import type { Exchange } from '../../../model/http.ts'
import type { JsonValue } from '../../json.ts'
import { flattened } from '../../schema/merge.ts'
import type { Asking, Observation, Parameter } from '../../types.ts'
import type { Session } from '../state/session.ts'
import { followed } from './next-page.ts'
import { keyOf, mostOf, totalIn, view, type Asked, type ListShape, type View } from './view.ts'

const pagesMax = 40

interface Walk {
  readonly views: readonly View[]
  /** Whether it came to an end by itself. */
  readonly isDone: boolean
}

/** Goes from page to page as one does by each of the ways. */
function* walk(
  session: Session,
  shape: ListShape,
  by: Parameter,
  size: number | undefined,
  first: number,
  enough: number,
): Asking<Walk> {
  const views: View[] = []
  let shown = 0
  let at: JsonValue | undefined = by === shape.cursor ? undefined : first
  for (let turn = 0; turn < pagesMax; turn += 1) {
    const sized: readonly (readonly [Parameter, JsonValue])[] =
      shape.size === undefined || size === undefined ? [] : [[shape.size, size]]
    const here: readonly (readonly [Parameter, JsonValue])[] =
      at === undefined || at === null ? [] : [[by, at]]
    const found: View | undefined = yield* view(
      session,
      shape,
      [...sized, ...here],
      `page ${turn + 1} by ${by.name}`,
    )
    if (found === undefined) return { views, isDone: turn > 0 && by !== shape.cursor }
    views.push(found)
    shown += found.items.length
    // What shows more than there is repeats itself, and may do so for ever.
    if (shown > enough) return { views, isDone: false }
    if (by === shape.cursor) {
      const next = followed(found, by)
      // Where no page ever said how to go on, nobody knows whether that was the last one.
      if (next === undefined) return { views, isDone: turn > 0 }
      if (next === null) return { views, isDone: true }
      if (next === at) return { views: [...views, found], isDone: true }
      at = next
      continue
    }
    if (found.items.length === 0) return { views, isDone: true }
    const step = size ?? found.items.length
    at = by === shape.page ? Number(at) + 1 : Number(at) + step
  }
  return { views, isDone: false }
}

/** What is wrong with the pages together; `undefined` where nothing is. */
const faultOf = (
  whole: View,
  { views, isDone }: Walk,
  size: number | undefined,
): { readonly what: string; readonly wanted: string; readonly came: string } | undefined => {
  const large = views.find(({ items }) => size !== undefined && items.length > size)
  if (large !== undefined)
    return {
      what: 'are larger than asked for',
      wanted: `at most ${size} items`,
      came: `${large.items.length} items`,
    }
  const all = views.flatMap(({ items }) => items)
  const keys = all.map(keyOf)
  const isCalled = all.every(({ id }) => id !== undefined)
  const repeat = isCalled ? keys.find((key, index) => keys.indexOf(key) !== index) : undefined
  if (repeat !== undefined)
    return { what: 'show something twice', wanted: 'each item once', came: `${repeat} twice` }
  if (!isDone) return undefined
  const missing = whole.items.map(keyOf).find((key) => !keys.includes(key))
  return missing === undefined
    ? undefined
    : { what: 'leave something out', wanted: `${missing} on one of them`, came: 'it is on none' }
}

const exchangesOf = (whole: View, { views }: Walk): readonly Exchange[] =>
  [whole, ...views].map(({ exchange }) => exchange)

/** All pages of a list together are the list, and its total says how many there are. */
export function* pages(
  session: Session,
  shape: ListShape,
  whole: View,
): Asking<readonly Observation[]> {
  const { operation } = shape.draft
  const { pointer } = operation
  const observations: Observation[] = []
  // Beside a cursor a number of the page only says again what the cursor has said.
  const page = shape.cursor === undefined ? shape.page : undefined
  const ways = [shape.offset, page, shape.cursor].filter((one) => one !== undefined)
  const most = shape.size === undefined ? undefined : mostOf(session, shape.size)
  const count = whole.items.length
  // A list whose page is full may go on: what is on it is not all that there is.
  const isWhole = most === undefined ? ways.length === 0 : count < most
  if (!isWhole || count === 0) return []
  for (const by of ways) {
    const first = by === shape.offset ? 0 : yield* firstOf(session, shape, by)
    for (const size of shape.size === undefined ? [undefined] : [2, 3]) {
      const walked = yield* walk(session, shape, by, size, first, count + 10)
      const fault = faultOf(whole, walked, size)
      if (fault === undefined) continue
      const facts = { parameter: by.name, ...fault }
      observations.push({
        code: 'pages-wrong',
        operation,
        exchanges: exchangesOf(whole, walked),
        pointer: by.pointer,
        facts,
      })
      break
    }
  }
  if (shape.size !== undefined) {
    const one = yield* view(session, shape, [[shape.size, 1]], 'one item')
    if (one !== undefined && one.items.length > 1)
      observations.push({
        code: 'pages-wrong',
        operation,
        exchanges: [one.exchange],
        pointer: shape.size.pointer,
        facts: {
          parameter: shape.size.name,
          what: 'are larger than asked for',
          wanted: 'at most 1 item',
          came: `${one.items.length} items`,
        },
      })
    for (const seen of [whole, ...(one === undefined ? [] : [one])]) {
      const total = totalIn(seen)
      if (total === undefined) continue
      observations.push({
        code: 'total-wrong',
        operation,
        exchanges: [whole.exchange, seen.exchange],
        pointer,
        facts: { ...total, count },
      })
    }
  }
  return observations
}

/** The number of the first page: what the document says, or the one that is not the same as the next. */
function* firstOf(session: Session, shape: ListShape, by: Parameter): Asking<number> {
  const { document, schemas } = session.spec
  const { schema } = by
  if (schema === undefined) return 1
  const { default: usual } = flattened(document, { $ref: `#${schema}` }, () => 0)
  if (usual === 0 || usual === 1) return usual
  if (!schemas.accepts(schema, 'request', 0)) return 1
  const size: Asked = shape.size === undefined ? [] : [[shape.size, 2]]
  const zeroth = yield* view(session, shape, [...size, [by, 0]], 'page 0')
  const first = yield* view(session, shape, [...size, [by, 1]], 'page 1')
  const isSame = String(zeroth?.items.map(keyOf)) === String(first?.items.map(keyOf))
  return zeroth === undefined || isSame ? 1 : 0
}
