import { Blocked } from '../../../model/user-error.ts'

const withinMilliseconds = 10_000

/** A mapping as WireMock tells and takes it. */
export interface Mapping {
  readonly id: string
  readonly response?: Readonly<Record<string, unknown>>
  readonly [part: string]: unknown
}

/** What drills ask of a stub's admin side. */
export interface WiremockAdmin {
  mappings(): Promise<readonly Mapping[]>
  /** Adds a mapping, or replaces the one with its id. */
  put(mapping: Mapping): Promise<void>
  remove(id: string): Promise<void>
  /** A delay before each answer, in milliseconds. */
  delay(milliseconds: number | null): Promise<void>
  /** When the first request after some moment was answered by one of these mappings, or by any. */
  firstAnswer(since: number, ids?: ReadonlySet<string>): Promise<number | undefined>
}

interface JournalEntry {
  readonly request: { readonly loggedDate: number }
  readonly stubMapping?: { readonly id?: string }
}

/**
 * The admin side of a WireMock. Throws `Blocked` where it does not answer or refuses.
 *
 * @example
 * await wiremockAdmin('http://127.0.0.1:8080').delay(3000)
 */
export const wiremockAdmin = (url: string): WiremockAdmin => {
  const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const failed = (why: string): Blocked =>
      new Blocked({ problem: `The stub could not be changed (${method} ${path}): ${why}.` })
    const answer = await fetch(`${url}/__admin${path}`, {
      method,
      signal: AbortSignal.timeout(withinMilliseconds),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((error: unknown) => {
      throw failed(error instanceof Error ? error.message : String(error))
    })
    const text = await answer.text()
    if (!answer.ok) throw failed(`${answer.status} ${text.slice(0, 300)}`)
    return text === '' ? undefined : JSON.parse(text)
  }
  const mappings = async (): Promise<readonly Mapping[]> =>
    ((await ask('GET', '/mappings')) as { readonly mappings: readonly Mapping[] }).mappings
  return {
    mappings,
    put: async (mapping) => {
      const known = (await mappings()).some(({ id }) => id === mapping.id)
      if (known) await ask('PUT', `/mappings/${mapping.id}`, mapping)
      else await ask('POST', '/mappings', mapping)
    },
    remove: async (id) => {
      const known = (await mappings()).some((mapping) => mapping.id === id)
      if (known) await ask('DELETE', `/mappings/${id}`)
    },
    delay: async (milliseconds) => {
      const fixed = milliseconds === null ? {} : { fixedDelay: milliseconds }
      await ask('POST', '/settings', { ...fixed, proxyPassThrough: true })
    },
    firstAnswer: async (since, ids) => {
      const { requests } = (await ask('GET', '/requests')) as {
        readonly requests: readonly JournalEntry[]
      }
      const times = requests
        .filter(({ request }) => request.loggedDate >= since)
        .filter(({ stubMapping }) => ids === undefined || ids.has(stubMapping?.id ?? ''))
        .map(({ request }) => request.loggedDate)
      return times.length === 0 ? undefined : Math.min(...times)
    },
  }
}
