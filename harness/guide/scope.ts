import type createClient from 'openapi-fetch'
import type { ExpectStatic } from 'vitest'
import type { HeaderFields } from '../model/http.ts'
import type { DatabaseClient, Link, Stub } from '../testbed/testbed.ts'

type Method = 'GET' | 'PUT' | 'POST' | 'DELETE' | 'OPTIONS' | 'HEAD' | 'PATCH' | 'TRACE'

/** The client without the types of a spec: any path, and answers that nobody vouches for. */
export type UntypedApi = Readonly<
  Record<
    Method,
    (
      path: string,
      init?: {
        readonly params?: {
          readonly path?: Readonly<Record<string, unknown>>
          readonly query?: Readonly<Record<string, unknown>>
          readonly header?: Readonly<Record<string, string>>
        }
        readonly headers?: Readonly<Record<string, string>>
        readonly body?: unknown
      },
    ) => Promise<{ readonly data?: unknown; readonly error?: unknown; readonly response: Response }>
  >
>

/** A client of openapi-fetch, typed where the spec's types are known. */
export type GuideApi<Paths> = [Paths] extends [never]
  ? UntypedApi
  : Paths extends object
    ? ReturnType<typeof createClient<Paths>>
    : never

/** The last HTTP answer of the step. Reading it before there is one throws. */
export interface GuideAnswer {
  readonly status: number
  readonly headers: HeaderFields
  /** The body as text. */
  readonly text: string
  /** The body as JSON. Throws where it is none. */
  readonly body: unknown
  readonly milliseconds: number
}

/**
 * What a `ts` fence of a guide may use, and what the module of a compiled guide is called with.
 *
 * `Paths` are the types that openapi-typescript made of the integration's spec.
 *
 * @example
 * // in a guide:  expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }])
 */
export interface GuideScope<Paths = never> {
  /** Runs the `http` fence that opens at a line of the page. */
  http(line: number): Promise<void>
  /** Runs the `sql` fence that opens at a line of the page. */
  sql(line: number): Promise<void>
  /** Runs the `sh` fence that opens at a line of the page. */
  sh(line: number): Promise<void>
  /** Hands over the fences under the labels of drills, by the line of the first of each. */
  parts(parts: Readonly<Record<number, () => Promise<void>>>): void
  /** Says that the `ts` fence at a line begins. */
  enter(line: number): void
  /** Runs a step, as often as the case asks for it. */
  step(step: number, run: () => Promise<void>): Promise<void>
  /** Sends to the provider of the testbed, with the credential of Given or of the step. */
  readonly api: GuideApi<Paths>
  readonly answer: GuideAnswer
  /** The only database of the testbed. */
  readonly database: Pick<DatabaseClient, 'query' | 'url'>
  /** Stubs by the name of their dependency. */
  readonly stubs: Readonly<Record<string, Stub>>
  /** Links by the name of their dependency. */
  readonly links: Readonly<Record<string, Link>>
  /** Lines of the provider's log so far. */
  readonly logs: () => Promise<readonly string[]>
  /** The value of a metric, summed over its labels, from `/metrics` of the provider. */
  readonly metrics: (name: string) => Promise<number | undefined>
  readonly expect: ExpectStatic
  /** Values by name, shared with `{{name}}` of the other fences. */
  readonly kept: Record<string, unknown>
}

/** One scenario of a compiled page. */
export type ScenarioFunction = ($: GuideScope, steps: ReadonlySet<number>) => Promise<void>

/** What the module of a compiled page exports. */
export interface GuideScript {
  readonly scenarios: readonly ScenarioFunction[]
}
