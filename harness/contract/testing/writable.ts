import type { IncomingHttpHeaders } from 'node:http'
import { contractText } from './contract-text.ts'

/** What a provider was asked, as it came over the wire. */
export interface AskedOf {
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** What a provider answers. */
export interface AnswerOf {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string | string[]>>
  readonly body?: string | Buffer
}

/** One thing that a contract can say, with a provider that keeps it and one that does not. */
export interface Writable {
  readonly name: string
  readonly contract: string
  readonly right: (asked: AskedOf) => AnswerOf
  readonly wrong: (asked: AskedOf) => AnswerOf
  /** What the wrong one is told. */
  readonly codes: readonly string[]
}

/** The header of a JSON body. */
export const json = { 'Content-Type': 'application/json' }
/** The plainest request. */
export const get = { method: 'GET', path: '/a' }

/** A contract of one interaction. */
export const one = (version: string, interaction: Readonly<Record<string, unknown>>): string =>
  contractText(version, [
    {
      description: 'a request',
      ...(version === '4.0' ? { type: 'Synchronous/HTTP' } : {}),
      request: get,
      ...interaction,
    },
  ])

/** The same in version 4. */
export const http4 = (interaction: Readonly<Record<string, unknown>>): string =>
  one('4.0', interaction)

/** A provider that answers with this, as JSON. */
export const answering = (value: unknown) => (): AnswerOf => ({
  headers: json,
  body: JSON.stringify(value),
})
