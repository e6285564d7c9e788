import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { SpecCode } from '../codes.ts'
import { shelfDocument } from './shelf-document.ts'

interface Book {
  readonly id: number
  readonly title: string
  readonly genre: string
  readonly pages: number
  readonly note?: string
}

interface Reply {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

const first: readonly Book[] = [
  { id: 1, title: 'Emma', genre: 'novel', pages: 400, note: 'worn' },
  { id: 2, title: 'Faust', genre: 'poem', pages: 90 },
  { id: 3, title: 'Kobzar', genre: 'poem', pages: 310 },
  { id: 4, title: 'Middlemarch', genre: 'novel', pages: 880 },
  { id: 5, title: 'Persuasion', genre: 'novel', pages: 250 },
]

const textOf = async (request: IncomingMessage): Promise<string> => {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}

const isText = (one: unknown, min: number): boolean =>
  typeof one === 'string' && one.length >= min && Array.from(one).length <= 40

const isRight = (value: unknown, isPatch: boolean): value is Partial<Book> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const { title, genre, pages, note, ...rest } = value as Record<string, unknown>
  const may = (one: unknown, is: boolean): boolean => (one === undefined ? isPatch : is)
  return (
    Object.keys(rest).length === 0 &&
    may(title, isText(title, 1)) &&
    may(genre, genre === 'novel' || genre === 'poem') &&
    may(pages, Number.isInteger(pages) && Number(pages) > 0 && Number(pages) <= 900) &&
    (note === undefined || isText(note, 0))
  )
}

/** A shelf of books that breaks what a code is about; a sound one where it is absent. */
export const shelfListener = (fault?: SpecCode): RequestListener => {
  const is = (code: SpecCode): boolean => fault === code
  const books = new Map(first.map((book) => [book.id, book]))
  const answers = new Map<string, Reply>()
  const versions = new Map<number, number>()
  let last = first.length
  const etagOf = ({ id }: Book): string =>
    `"${id}.${is('etag-unchanged') ? 0 : (versions.get(id) ?? 0)}"`
  const keep = (book: Book): Book => {
    books.set(book.id, book)
    versions.set(book.id, (versions.get(book.id) ?? 0) + 1)
    return book
  }
  const isTaken = ({ title }: Partial<Book>, id?: number): boolean =>
    !is('conflict-accepted') &&
    [...books.values()].some((one) => one.title === title && one.id !== id)

  const list = (query: URLSearchParams): Reply => {
    const amount = (name: string, usual: number): number => Number(query.get(name) ?? usual)
    const [genre, least] = [query.get('genre'), amount('minPages', 1)]
    const found = [...books.values()].filter(
      (book) =>
        (genre === null || is('filter-ignored') || book.genre === genre) &&
        (is('filter-narrow') && query.has('minPages') ? book.pages > least : book.pages >= least),
    )
    const sign = query.get('sort') === '-pages' && !is('sort-wrong') ? -1 : 1
    const ordered = query.has('sort') ? found.toSorted((a, b) => sign * (a.pages - b.pages)) : found
    const offset = amount('offset', 0)
    const start = is('pages-wrong') && offset > 0 ? offset - 1 : offset
    const seen = is('created-unlisted') ? ordered.filter(({ id }) => id <= first.length) : ordered
    const items = seen.slice(start, start + amount('limit', 20))
    return { status: 200, body: { items, total: is('total-wrong') ? items.length : seen.length } }
  }

  const add = (input: Partial<Book>, key: string | undefined): Reply => {
    const known = key === undefined || is('repeat-not-recognised') ? undefined : answers.get(key)
    if (known !== undefined) return known
    if (isTaken(input) && !(is('repeat-not-recognised') && key !== undefined && answers.has(key)))
      return { status: 409 }
    last += 1
    const book = { ...input, id: last } as Book
    const { note: _, ...rest } = book
    keep(is('write-lost') ? rest : book)
    const location = is('location-wrong') ? `/book/${last}` : `/books/${last}`
    const reply = { status: 201, headers: { location }, body: book }
    if (key !== undefined) answers.set(key, reply)
    return reply
  }

  const put = (id: number, input: Partial<Book>, match: string | undefined): Reply => {
    const before = books.get(id)
    if (before === undefined) return { status: 404 }
    if (match !== undefined && match !== etagOf(before) && !is('precondition-ignored'))
      return { status: 412 }
    if (isTaken(input, id)) return { status: 409 }
    const next = keep({ ...(is('put-merges') ? before : {}), ...input, id } as Book)
    return { status: is('put-adds') ? 201 : 200, body: next }
  }

  const change = (id: number, input: Partial<Book>): Reply => {
    const before = books.get(id)
    if (before === undefined) return { status: 404 }
    if (Object.keys(input).length === 0) return { status: 400 }
    if (isTaken(input, id)) return { status: 409 }
    const { note: _, ...rest } = before
    return { status: 200, body: keep({ ...(is('patch-spills') ? rest : before), ...input }) }
  }

  const read = (id: number, request: IncomingMessage): Reply => {
    const book = books.get(id)
    if (book === undefined || (is('head-differs') && request.method === 'HEAD'))
      return { status: 404 }
    const etag = etagOf(book)
    return request.headers['if-none-match'] === etag
      ? { status: 304, headers: { etag } }
      : { status: 200, headers: { etag }, body: book }
  }

  const answer = (request: IncomingMessage, text: string): Reply => {
    const url = new URL(request.url ?? '/', 'http://x')
    const id = Number(/^\/books\/(\d+)$/.exec(url.pathname)?.[1])
    const method = request.method === 'HEAD' ? 'GET' : request.method
    const isOne = !Number.isNaN(id)
    if (!isOne && url.pathname !== '/books') return { status: 404 }
    const allow = isOne ? 'GET, HEAD, PUT, PATCH, DELETE' : 'GET, HEAD, POST'
    if (method === undefined || !allow.includes(method)) {
      const told = is('allow-incomplete') ? 'HEAD' : allow
      return { status: method === 'OPTIONS' ? 204 : 405, headers: { allow: told } }
    }
    if (method === 'GET') return isOne ? read(id, request) : list(url.searchParams)
    if (method === 'DELETE') {
      if (!books.has(id)) {
        const [other] = books.keys()
        if (is('delete-repeats') && other !== undefined) books.delete(other)
        return { status: 404 }
      }
      if (!is('deleted-still-there')) books.delete(id)
      return { status: 204 }
    }
    const input: unknown = text === '' ? undefined : JSON.parse(text)
    if (!isRight(input, method === 'PATCH')) return { status: 400 }
    const { 'idempotency-key': key, 'if-match': match } = request.headers
    if (method === 'POST') return add(input, typeof key === 'string' ? key : undefined)
    return method === 'PUT' ? put(id, input, match) : change(id, input)
  }

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, body, headers = {} } = answer(request, await textOf(request))
    const type = body === undefined ? {} : { 'content-type': 'application/json' }
    response.writeHead(status, { ...type, ...headers })
    response.end(body === undefined ? undefined : JSON.stringify(body))
  }
  return (request, response) => void respond(request, response)
}

/** A document of just these operations of a shelf, one that is broken so, and one that is sound. */
export const shelf = (fault: SpecCode, ...operations: readonly string[]) => ({
  document: shelfDocument(...operations),
  broken: shelfListener(fault),
  sound: shelfListener(),
  technique: 'sequences' as const,
})
