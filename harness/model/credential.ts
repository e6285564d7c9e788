/**
 * A value that Proofbook was given by name and must never print: a credential.
 *
 * `fields` are what a request gets: a header, a query parameter or a cookie.
 */
export interface Credential {
  readonly name: string
  readonly fields: readonly {
    readonly in: 'header' | 'query' | 'cookie'
    readonly name: string
    readonly value: string
  }[]
  readonly scopes?: readonly string[]
  /** The status with which a credential that must not work is refused. */
  readonly rejected?: number
}
