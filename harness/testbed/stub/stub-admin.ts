import { UserError } from '../../model/user-error.ts'
import type { StubMapping } from './mappings.ts'

/** Steers one WireMock between testbeds. */
export interface StubAdmin {
  /** Takes away what a testbed left: mappings (also saved ones), journal, scenarios, settings. */
  clear(): Promise<void>
  /** Throws `UserError` naming the file of a mapping that WireMock does not take. */
  load(mappings: readonly StubMapping[]): Promise<void>
  /** Takes away the files that a testbed has sent it, past its folder. */
  emptyFiles(): Promise<void>
  /** `3.13.2`, or `undefined` where it does not say. */
  version(): Promise<string | undefined>
  /** What it was asked since it was cleared, and by which mappings it could answer. */
  journal(): Promise<StubJournal>
}

/** What one WireMock was asked. */
export interface StubJournal {
  readonly requests: readonly {
    /** `POST /charges?x=1` */
    readonly what: string
    /** The id of the mapping that answered; absent where none did. */
    readonly mapping?: string
  }[]
  readonly mappings: readonly {
    readonly id: string
    /** `POST /charges`, or its name. */
    readonly what: string
  }[]
}

const withinMilliseconds = 10_000

interface AdminAnswer {
  readonly ok: boolean
  readonly text: string
}

const ask = async (
  url: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<AdminAnswer> => {
  const answer = await fetch(`${url}/__admin${path}`, {
    method,
    signal: AbortSignal.timeout(withinMilliseconds),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { ok: answer.ok, text: await answer.text() }
}

const command = async (...args: Parameters<typeof ask>): Promise<string> => {
  const { ok, text } = await ask(...args)
  if (!ok) throw new Error(`WireMock refused ${args[1]} ${args[2]}: ${text}`)
  return text
}

const reasonIn = (text: string): string => {
  try {
    const { errors = [] } = JSON.parse(text) as {
      errors?: { title?: string; detail?: string; source?: { pointer?: string } }[]
    }
    const [error] = errors
    const parts = [error?.title, error?.detail?.split('\n')[0], error?.source?.pointer]
    return parts.filter((part) => part !== undefined).join(': ') || text
  } catch {
    return text
  }
}

/** The first is found first where two match: an import is added from its end. */
const importOf = (mappings: readonly StubMapping[]): unknown => ({
  mappings: mappings.map(({ json }) => json),
  importOptions: { duplicatePolicy: 'OVERWRITE', deleteAllNotInImport: true },
})

const refused = async (url: string, mappings: readonly StubMapping[], all: string) => {
  // Which one it was, the answer to all of them does not say.
  for (const mapping of mappings) {
    const { ok, text } = await ask(url, 'POST', '/mappings/import', importOf([mapping]))
    if (!ok)
      return new UserError({
        problem: `WireMock does not take this mapping: ${reasonIn(text)}`,
        place: { file: mapping.file },
        expected: "a mapping as WireMock's documentation describes it",
        fix: 'correct the mapping',
      })
  }
  return new Error(`WireMock refused the mappings: ${reasonIn(all)}`)
}

interface ServeEvent {
  readonly request: { readonly method: string; readonly url: string }
  readonly wasMatched?: boolean
  readonly stubMapping?: { readonly id?: string }
}

interface ListedMapping {
  readonly id: string
  readonly name?: string
  readonly request?: Readonly<Record<string, unknown>>
}

const urlKeys = ['url', 'urlPath', 'urlPattern', 'urlPathPattern', 'urlPathTemplate'] as const

const describeMapping = ({ name, request = {} }: ListedMapping): string => {
  const url = urlKeys.map((key) => request[key]).find((value) => typeof value === 'string')
  const method = typeof request['method'] === 'string' ? request['method'] : 'ANY'
  return name ?? `${method} ${url ?? 'any URL'}`
}

const readJournal = async (url: string): Promise<StubJournal> => {
  const [asked, listed] = await Promise.all([
    command(url, 'GET', '/requests'),
    command(url, 'GET', '/mappings'),
  ])
  const { requests } = JSON.parse(asked) as { readonly requests: readonly ServeEvent[] }
  const { mappings } = JSON.parse(listed) as { readonly mappings: readonly ListedMapping[] }
  return {
    requests: requests.map(({ request: { method, url: path }, wasMatched, stubMapping }) => ({
      what: `${method} ${path}`,
      ...(wasMatched === true && stubMapping?.id !== undefined ? { mapping: stubMapping.id } : {}),
    })),
    mappings: mappings.map((mapping) => ({ id: mapping.id, what: describeMapping(mapping) })),
  }
}

/**
 * The admin side of a WireMock at a URL. A WireMock that does not answer makes its methods throw.
 *
 * @example
 * await stubAdmin('http://127.0.0.1:8080').clear()
 */
export const stubAdmin = (url: string): StubAdmin => ({
  clear: async () => {
    // Deleting takes saved mappings from WireMock's folder; a reset alone would load them again.
    await command(url, 'DELETE', '/mappings')
    await command(url, 'POST', '/reset')
    // What it says of itself when it is fresh; a reset leaves a changed delay as it is.
    await command(url, 'POST', '/settings', { proxyPassThrough: true })
  },
  journal: () => readJournal(url),
  load: async (mappings) => {
    if (mappings.length === 0) return
    const { ok, text } = await ask(url, 'POST', '/mappings/import', importOf(mappings))
    if (!ok) throw await refused(url, mappings, text)
  },
  emptyFiles: async () => {
    const names = JSON.parse(await command(url, 'GET', '/files')) as readonly string[]
    for (const name of names) await command(url, 'DELETE', `/files/${encodeURI(name)}`)
  },
  version: async () => {
    const { ok, text } = await ask(url, 'GET', '/version')
    return ok ? (JSON.parse(text) as { readonly version?: string }).version : undefined
  },
})
