import type { Credential } from '../model/credential.ts'
import type { HttpRequest } from '../model/http.ts'
import { UserError } from '../model/user-error.ts'
import { isRecord } from '../model/is-record.ts'
import type { Testbed } from './testbed.ts'

/** A request of a spec's case as it would be sent, given to be signed. */
export interface UnsignedRequest {
  readonly method: string
  /** Absolute. */
  readonly url: string
  /** By the names that they are sent with; repeats are joined by a comma. */
  readonly headers: Readonly<Record<string, string>>
  /** The bytes as they are sent; absent means that there is no body at all. */
  readonly body?: Uint8Array
}

/** What a request is signed with. */
export interface SigningContext {
  /** The credential whose fields the request has; absent where it has none. */
  readonly credential?: Credential
  /** The testbed of the case. */
  readonly testbed: Testbed
  /** The address of its provider. */
  readonly url: string
}

/** Headers to put in, or the request with other headers or other parameters of the query. */
export type SignedRequest =
  Readonly<Record<string, string>> | Partial<Pick<UnsignedRequest, 'url' | 'headers'>>

/**
 * Signs a request or refreshes its credential, right before it is sent. The default export of a
 * module that the config names as `provider.beforeRequest`.
 *
 * @example
 * // fixtures/sign.ts
 * const sign: BeforeRequest = ({ method, url }, { credential }) => ({ 'X-Signature': hmac(method, url, credential) })
 * export default sign
 */
export type BeforeRequest = (
  request: UnsignedRequest,
  context: SigningContext,
) => SignedRequest | undefined | void | Promise<SignedRequest | undefined | void>

/** The user's function, where it comes from, and what it has put in so far. */
export interface Signer {
  /** Relative to the root. */
  readonly file: string
  readonly sign: BeforeRequest
  /** Takes down that it puts in these headers and parameters of the query. */
  readonly note: (headers: Iterable<string>, parameters: Iterable<string>) => void
  /** What stands in a request where it has put something in: to be masked. */
  readonly secretsIn: (request: HttpRequest) => readonly string[]
}

/** Shorter values stand in too much else to be hidden there. */
const lengthMin = 8

/** What a signature may be made of and that lets nobody in. */
const isOpen = (name: string): boolean =>
  /^(?:accept|content|user-agent|host|traceparent|.*(?:date|time|timestamp|digest|algorithm)$)/i.test(
    name,
  )

/** A credential after its scheme is one on its own (RFC 9110, 11.4). */
const partsOf = (value: string): readonly string[] => [
  value,
  ...(/^[!#$%&'*+.^`|~\w-]+ +(\S+)$/.exec(value)?.slice(1) ?? []),
]

/**
 * The function in the default export of a module.
 *
 * Throws a `UserError` that names the file where there is none.
 *
 * @example
 * const signer = signerOf('fixtures/sign.ts', await import(path))
 */
export const signerOf = (file: string, exports: unknown): Signer => {
  const sign = isRecord(exports) ? exports['default'] : undefined
  if (typeof sign !== 'function')
    throw new UserError({
      problem: 'the module of beforeRequest has no default export that is a function',
      place: { file },
      expected: 'export default async (request, { credential }) => ({ Authorization: … })',
      fix: 'export the function as default',
    })
  const headers = new Set<string>()
  const parameters = new Set<string>()
  return {
    file,
    sign: sign as BeforeRequest,
    note: (names, keys) => {
      for (const name of names) if (!isOpen(name)) headers.add(name.toLowerCase())
      for (const key of keys) if (!isOpen(key)) parameters.add(key)
    },
    secretsIn: (request) => {
      const fields = request.headers
        .filter(([name]) => headers.has(name.toLowerCase()))
        .flatMap(([, value]) => partsOf(value))
      const query = parameters.size === 0 ? undefined : new URL(request.url).searchParams
      const values = [...parameters].flatMap((key) => query?.getAll(key) ?? [])
      return [...fields, ...values].filter((value) => value.length >= lengthMin)
    },
  }
}
