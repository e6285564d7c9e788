import { validateHeaderName, validateHeaderValue } from 'node:http'
import type { HttpRequest } from '../../model/http.ts'
import { isRecord } from '../../model/is-record.ts'
import { Blocked } from '../../model/user-error.ts'
import type { Signer, UnsignedRequest } from '../../testbed/before-request.ts'
import type { Testbed } from '../../testbed/testbed.ts'
import type { World } from '../../testbed/world.ts'
import type { PlannedRequest } from '../types.ts'

const timeoutMilliseconds = 10_000

/** A request as it is sent, and in words what was put in. */
export interface Signed {
  readonly request: HttpRequest
  readonly changes?: string
}

const unsigned = ({ method, url, headers, body }: HttpRequest): UnsignedRequest => {
  const joined: Record<string, string> = {}
  for (const [name, value] of headers)
    joined[name] = joined[name] === undefined ? value : `${joined[name]}, ${value}`
  return { method, url, headers: joined, ...(body === undefined ? {} : { body }) }
}

const withoutQuery = (url: string): string => url.split('?', 1)[0] ?? ''

const parametersOf = (url: string): URLSearchParams => new URL(url).searchParams

const allOf = (all: URLSearchParams, key: string): string => JSON.stringify(all.getAll(key))

/** Parameters of the query that one address has otherwise than another. */
const newParameters = (before: string, after: string): readonly string[] => {
  const [old, now] = [parametersOf(before), parametersOf(after)]
  return [...new Set(now.keys())].filter((key) => allOf(old, key) !== allOf(now, key))
}

/** Parameters that were planned are what the case is about. */
const keepsQuery = (before: string, after: string): boolean => {
  const [old, now] = [parametersOf(before), parametersOf(after)]
  return [...old.keys()].every((key) => now.has(key))
}

const sameBody = (body: unknown, sent: Uint8Array | undefined): boolean =>
  body === sent ||
  (body instanceof Uint8Array && sent !== undefined && Buffer.compare(body, sent) === 0)

const isRequest = (given: Readonly<Record<string, unknown>>): boolean =>
  ['method', 'url', 'headers', 'body'].some((key) => Object.hasOwn(given, key))

/** What the module gave back, put into the request. Throws a `Blocked` for what it must not do. */
const applied = (given: unknown, before: HttpRequest, file: string): Signed => {
  const refused = (problem: string): Blocked =>
    new Blocked({
      problem: `beforeRequest ${problem}`,
      place: { file },
      expected:
        'headers by their names, or the request with other headers or more parameters in the query',
    })
  if (given === undefined) return { request: before }
  if (!isRecord(given)) throw refused('gave back something that is no object')
  const {
    method = before.method,
    url = before.url,
    headers = {},
    body = before.body,
  } = isRequest(given) ? given : { headers: given }
  if (method !== before.method || !sameBody(body, before.body))
    throw refused('changed the method or the body, which the case is about')
  if (
    typeof url !== 'string' ||
    !URL.canParse(url) ||
    withoutQuery(url) !== withoutQuery(before.url) ||
    !keepsQuery(before.url, url)
  )
    throw refused('changed the address beyond adding to its query')
  if (!isRecord(headers)) throw refused('gave back headers that are no object')
  const old = unsigned(before).headers
  const put = Object.entries(headers).filter(([name, value]) => old[name] !== value)
  const fields = put.map(([name, value]) => {
    try {
      validateHeaderName(name)
      if (typeof value !== 'string') throw new TypeError('no text')
      validateHeaderValue(name, value)
      return [name, value] as const
    } catch {
      throw refused(`gave back a header ${JSON.stringify(name)} that cannot be sent`)
    }
  })
  const names = new Set(fields.map(([name]) => name.toLowerCase()))
  const parameters = newParameters(before.url, url)
  const words = [
    ...fields.map(([name]) => `header ${name}`),
    ...parameters.map((name) => `query ${name}`),
  ]
  const kept = before.headers.filter(([name]) => !names.has(name.toLowerCase()))
  return {
    request: { ...before, url, headers: [...kept, ...fields] },
    ...(words.length === 0 ? {} : { changes: `${words.join(', ')} by ${file}` }),
  }
}

const within = async <Result>(work: Promise<Result>, file: string): Promise<Result> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const problem = `beforeRequest was not done within ${timeoutMilliseconds / 1000} s`
      reject(new Blocked({ problem, place: { file } }))
    }, timeoutMilliseconds)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

const called = async (signer: Signer, ...given: Parameters<Signer['sign']>): Promise<unknown> => {
  try {
    return await signer.sign(...given)
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    throw new Blocked({
      problem: `beforeRequest threw: ${words.split('\n')[0]}`,
      place: { file: signer.file },
    })
  }
}

/** Whoever must be turned away is not helped in: with a good signature it would be let in. */
const isForSigner = ({ intent, credentials }: PlannedRequest, world: World): boolean => {
  const isRejected = world.credentials.some(
    ({ name, rejected }) => rejected !== undefined && credentials.includes(name),
  )
  return !isRejected && !(intent?.kind === 'stranger' && credentials.length === 0)
}

/**
 * A request as the integration's `beforeRequest` leaves it, right before it is sent; without one as it
 * is. Throws `Blocked` where that throws, is not done in time, or changes what the case is about.
 */
export const signed = async (
  request: HttpRequest,
  planned: PlannedRequest,
  { world, testbed }: { readonly world: World; readonly testbed: Testbed },
): Promise<Signed> => {
  const { signer, credentials } = world
  if (signer === undefined || !isForSigner(planned, world)) return { request }
  const credential = credentials.find(({ name }) => planned.credentials.includes(name))
  const context = {
    testbed,
    url: testbed.description.providerUrl,
    ...(credential === undefined ? {} : { credential }),
  }
  const given = await within(called(signer, unsigned(request), context), signer.file)
  const done = applied(given, request, signer.file)
  const old = new Map(request.headers)
  const { headers } = done.request
  signer.note(
    headers.filter(([name, value]) => old.get(name) !== value).map(([name]) => name),
    newParameters(request.url, done.request.url),
  )
  return done
}
