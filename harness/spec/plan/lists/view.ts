import { headerOf, type Exchange } from '../../../model/http.ts'
import { isObject, type JsonObject, type JsonValue } from '../../json.ts'
import type { Asking, Operation, Parameter } from '../../types.ts'
import { withParameter, written, type Draft } from '../draft.ts'
import { ask, isTaken, itemsIn, jsonOf, type ListedItem } from '../state/observe.ts'
import { repeated } from '../state/reach.ts'
import { operationAt, type Session } from '../state/session.ts'
import { skeletonOf } from '../state/templates.ts'

/** A value for a parameter of a query. */
export type Asked = readonly (readonly [Parameter, JsonValue])[]

/** What a list answered. */
export interface View {
  readonly exchange: Exchange
  readonly body: JsonValue | undefined
  readonly items: readonly ListedItem[]
}

/** What the parameters of a list are for, told by their names and made sure of by what is answered. */
export interface ListShape {
  readonly draft: Draft
  readonly size: Parameter | undefined
  readonly offset: Parameter | undefined
  readonly page: Parameter | undefined
  readonly cursor: Parameter | undefined
  readonly sort: Parameter | undefined
  /** What is left: what may narrow the list. */
  readonly filters: readonly Parameter[]
}

const named = (parameters: readonly Parameter[], pattern: RegExp): Parameter | undefined =>
  parameters.find(({ name }) => pattern.test(name.replace(/^\$/, '')))

/** How a list is asked, as its parameters say. */
export const shapeOf = (draft: Draft): ListShape => {
  const query = draft.operation.parameters.filter(({ in: place }) => place === 'query')
  const size = named(query, /^(limit|per_?page|page_?size|size|count|max_?results|top|first)$/i)
  const offset = named(query, /^(offset|skip|start_?index)$/i)
  const page = named(query, /^(page|page_?(no|number|index)|p)$/i)
  const cursor = named(
    query,
    /^(cursor|after|page_?token|next_?token|continuation(_?token)?|starting_?after|marker)$/i,
  )
  const sort = named(query, /^(sort|order|sort_?by|order_?by|sorting|ordering)$/i)
  const known = new Set([size, offset, page, cursor, sort])
  const bare = {
    ...draft,
    values: draft.values.filter(([one]) => one.in !== 'query' || one.required),
  }
  return {
    draft: bare,
    size,
    offset,
    page,
    cursor,
    sort,
    filters: query.filter((one) => !known.has(one)),
  }
}

/** The largest of some numbers that a parameter takes. */
export const mostOf = (session: Session, { schema }: Parameter): number | undefined =>
  [100, 50, 20, 10].find(
    (one) => schema === undefined || session.spec.schemas.accepts(schema, 'request', one),
  )

/** Asks a list. */
export function* view(
  session: Session,
  { draft }: ListShape,
  asked: Asked,
  name: string,
): Asking<View | undefined> {
  const full = asked.reduce(
    (one, [parameter, value]) => withParameter(one, parameter, value),
    draft,
  )
  const exchange = yield* ask(session, written(full, name))
  if (!isTaken(exchange)) return undefined
  const body = jsonOf(exchange)
  return { exchange, body, items: itemsIn(session, draft.operation, body) }
}

/** Asks a list for as much as it shows at once. */
export function* wideView(
  session: Session,
  shape: ListShape,
  asked: Asked,
  name: string,
): Asking<View | undefined> {
  const most = shape.size === undefined ? undefined : mostOf(session, shape.size)
  const size: Asked = shape.size === undefined || most === undefined ? [] : [[shape.size, most]]
  return yield* view(session, shape, [...size, ...asked], name)
}

/** What tells items apart. */
export const keyOf = ({ id, value }: ListedItem): string =>
  id === undefined ? JSON.stringify(value) : String(id)

const totalName = /^(total|total_?(count|items|elements|results|size)?|count|x-total(-count)?)$/i

/** A total in an answer: in a header, in the body, or one level below. */
export const totalIn = ({
  exchange,
  body,
}: View): { readonly where: string; readonly total: number } | undefined => {
  const header = (exchange.answer?.headers ?? []).find(([name]) => /^x-total(-count)?$/i.test(name))
  const text =
    header === undefined ? undefined : headerOf(exchange.answer?.headers ?? [], header[0])
  if (header !== undefined && /^\d+$/.test(text ?? ''))
    return { where: header[0], total: Number(text) }
  if (!isObject(body)) return undefined
  const inner = Object.entries(body).filter((pair): pair is [string, JsonObject] =>
    isObject(pair[1]),
  )
  const all = [...Object.entries(body), ...inner.flatMap(([, one]) => Object.entries(one))]
  const found = all.find(([name, value]) => totalName.test(name) && typeof value === 'number')
  return found === undefined ? undefined : { where: `"${found[0]}"`, total: Number(found[1]) }
}

/** Makes things until a list has enough of them to tell anything, where that is possible. */
export function* populated(
  session: Session,
  operation: Operation,
  count: number,
  wanted: number,
): Asking<void> {
  if (!session.mayWrite) return
  const creator = operationAt(session, 'POST', skeletonOf(operation.path))
  if (creator === undefined || !session.learned.has(creator)) return
  for (let made = count; made < wanted; made += 1)
    if ((yield* repeated(session, creator)) === undefined) return
}
