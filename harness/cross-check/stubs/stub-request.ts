import { sample, stringMatching } from 'fast-check'
import { isObject, objectOr, stringOr, type JsonObject, type JsonValue } from '../../spec/json.ts'

/** Which paths a stub answers. */
export interface StubPaths {
  /** The key of the mapping that says so: `urlPath`. */
  readonly key: string
  readonly written: string
  /** Whether this path is one of them. */
  readonly takes: (path: string) => boolean
  /** Some of them; `undefined` where nobody can say one. */
  readonly samples: readonly string[] | undefined
}

/** What a stub asks of a request before it answers, as far as a spec could speak of it. */
export interface StubRequest {
  /** In upper case; `undefined`: any. */
  readonly method?: string
  /** `undefined`: any. */
  readonly paths?: StubPaths
  readonly query: JsonObject
  /** Names of the query that stand in the URL itself. */
  readonly inUrl: readonly string[]
  readonly headers: JsonObject
  readonly bodies: readonly JsonObject[]
  /** Parts of it that are not looked into, in words. */
  readonly others: readonly string[]
}

/** As WireMock does, a pattern must take the whole text. */
const whole = (pattern: string): RegExp | undefined => {
  try {
    return new RegExp(`^(?:${pattern})$`)
  } catch {
    return undefined
  }
}

const samplesMax = 40

const samplesOf = (pattern: RegExp): readonly string[] | undefined => {
  try {
    // The same ones in each run.
    return sample(stringMatching(pattern), { numRuns: samplesMax, seed: 1 })
  } catch {
    return undefined
  }
}

const byPattern = (key: string, written: string, pattern: string): StubPaths => {
  const matcher = whole(pattern)
  return {
    key,
    written,
    takes: (path) => matcher?.test(path) ?? false,
    samples: matcher === undefined ? undefined : samplesOf(matcher),
  }
}

const exactly = (key: string, written: string, path: string): StubPaths => ({
  key,
  written,
  takes: (one) => one === path,
  samples: [path],
})

const pathsOf = (request: JsonObject): StubPaths | undefined => {
  const url = stringOr(request['url'])
  if (url !== undefined) return exactly('url', url, url.split('?', 1)[0] ?? url)
  const path = stringOr(request['urlPath'])
  if (path !== undefined) return exactly('urlPath', path, path)
  const template = stringOr(request['urlPathTemplate'])
  if (template !== undefined)
    return exactly('urlPathTemplate', template, template.replaceAll(/\{[^{}]*\}/g, '~'))
  const pathPattern = stringOr(request['urlPathPattern'])
  if (pathPattern !== undefined) return byPattern('urlPathPattern', pathPattern, pathPattern)
  const pattern = stringOr(request['urlPattern'])
  // What follows the question mark is no path.
  return pattern === undefined
    ? undefined
    : byPattern('urlPattern', pattern, pattern.split(String.raw`\?`, 1)[0] ?? pattern)
}

const looked = new Set([
  'method',
  'url',
  'urlPath',
  'urlPathTemplate',
  'urlPathPattern',
  'urlPattern',
  'queryParameters',
  'headers',
  'bodyPatterns',
  'basicAuth',
  'basicAuthCredentials',
])

/** The query that stands in the URL itself. */
const urlQueryOf = (request: JsonObject): JsonObject => {
  const [, query = ''] = (stringOr(request['url']) ?? '').split('?', 2)
  return Object.fromEntries(
    [...new URLSearchParams(query)].map(([name, value]) => [name, { equalTo: value }]),
  )
}

/** Reads what a mapping asks of requests. */
export const stubRequestOf = (mapping: JsonObject): StubRequest => {
  const request = objectOr(mapping['request'])
  const method = stringOr(request['method'])?.toUpperCase()
  const paths = pathsOf(request)
  const bodies = request['bodyPatterns']
  const urlQuery = urlQueryOf(request)
  return {
    ...(method === undefined || method === 'ANY' ? {} : { method }),
    ...(paths === undefined ? {} : { paths }),
    query: { ...urlQuery, ...objectOr(request['queryParameters']) },
    inUrl: Object.keys(urlQuery),
    headers: objectOr(request['headers']),
    bodies: Array.isArray(bodies) ? (bodies as readonly JsonValue[]).filter(isObject) : [],
    others: Object.keys(request).filter((key) => !looked.has(key)),
  }
}
