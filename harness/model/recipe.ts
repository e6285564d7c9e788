import type { HeaderFields, HttpRequest } from './http.ts'

/** Something of an answer that later requests hold, under the name by which they call it: `{{id}}`. */
export interface Taking {
  readonly name: string
  readonly from:
    /** The header's value, what follows its origin, or what follows its last slash. */
    | { readonly header: string; readonly keep: 'all' | 'path' | 'last' }
    /** Pointer into a body of JSON. */
    | { readonly pointer: string }
}

/**
 * One request of a recipe, without the provider's address and without secrets. In its target, its
 * headers and its body, `{{name}}` stands for what an earlier answer gave.
 */
export interface RecipeRequest {
  readonly method: string
  /** Path and query, under the provider's address. */
  readonly target: string
  readonly headers: HeaderFields
  readonly body?: string | { readonly base64: string }
  /** By name: their fields are put in when it is sent. */
  readonly credentials: readonly string[]
  readonly takes: readonly Taking[]
}

/** The fewest and smallest requests that show a finding on a fresh testbed; the last one shows it. */
export interface Recipe {
  readonly requests: readonly RecipeRequest[]
  /** What the last one was sent for, in the words of whoever planned it. */
  readonly purpose: unknown
}

/** A request of a recipe as a person can send it: complete, with `{{name}}` where an answer is due. */
export interface ShownRequest {
  readonly request: HttpRequest
  readonly takes: readonly Taking[]
}
