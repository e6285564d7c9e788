import type { Exchange, HeaderFields } from '../model/http.ts'
import type { Place } from '../model/place.ts'
import type { ShownRequest, Taking } from '../model/recipe.ts'
import type { SpecCode } from './codes.ts'
import type { JsonObject, JsonValue } from './json.ts'
import type { Schemas } from './schema/schemas.ts'

/** One thing that is wrong with a document. */
export interface SpecProblem {
  /** Pointer into {@link Spec.document}: tells which operation it touches. */
  readonly pointer: string
  readonly place: Place
  /** One sentence without the file's name. */
  readonly problem: string
  readonly fix?: string
  /** Whether the operation that it stands in cannot be asked because of it. */
  readonly blocks: boolean
}

/** Where a parameter stands in a request (OpenAPI 3.1, 4.8.12). */
export type ParameterIn = 'path' | 'query' | 'header' | 'cookie'

/** How a parameter's value becomes text (OpenAPI 3.1, 4.8.12.3). */
export type ParameterStyle =
  'simple' | 'label' | 'matrix' | 'form' | 'spaceDelimited' | 'pipeDelimited' | 'deepObject'

/** A documented example. */
export interface NamedExample {
  readonly name: string
  readonly value: JsonValue
}

/** A parameter of an operation, references followed, defaults filled in. */
export interface Parameter {
  readonly name: string
  readonly in: ParameterIn
  readonly required: boolean
  readonly style: ParameterStyle
  readonly explode: boolean
  readonly allowReserved: boolean
  /** Pointer of its schema, or of the schema of its `content`. */
  readonly schema?: string
  /** Set where the parameter is written with `content` in place of `schema`. */
  readonly mediaType?: string
  readonly examples: readonly NamedExample[]
  readonly pointer: string
}

/** How one property of a form or multipart body is written (OpenAPI 3.1, 4.8.15). */
export interface Encoding {
  readonly contentType?: string
  readonly style?: ParameterStyle
  readonly explode?: boolean
}

/** One way in which a body may be written. */
export interface MediaTypeContent {
  readonly mediaType: string
  readonly schema?: string
  readonly examples: readonly NamedExample[]
  readonly encoding: Readonly<Record<string, Encoding>>
  readonly pointer: string
}

/** The body of an operation's request. */
export interface RequestBody {
  readonly required: boolean
  readonly content: readonly MediaTypeContent[]
  readonly pointer: string
}

/** A documented header of a response. */
export interface ResponseHeader {
  readonly name: string
  readonly required: boolean
  readonly explode: boolean
  readonly schema?: string
  readonly mediaType?: string
  readonly pointer: string
}

/** What an operation may answer with one status, one range of them, or any other. */
export interface DocumentedResponse {
  /** `200`, `4XX` or `default`. */
  readonly status: string
  readonly headers: readonly ResponseHeader[]
  readonly content: readonly MediaTypeContent[]
  readonly pointer: string
}

/** How an API tells who asks (OpenAPI 3.1, 4.8.27). */
export interface SecurityScheme {
  readonly name: string
  readonly type: string
  /** For `http`: `basic`, `bearer`, ... in lower case. */
  readonly scheme?: string
  /** For `apiKey`. */
  readonly in?: 'header' | 'query' | 'cookie'
  readonly field?: string
}

/** One way of being let in: every scheme of it is needed. Empty: nobody is asked who they are. */
export type SecurityAlternative = readonly {
  readonly scheme: string
  readonly scopes: readonly string[]
}[]

/** A method on a path. */
export interface Operation {
  /** In upper case. */
  readonly method: string
  /** The template as it stands in the document: `/orders/{id}`. */
  readonly path: string
  /** Path of the server, without a slash at its end: `/v1`, or empty. */
  readonly basePath: string
  readonly operationId?: string
  readonly deprecated: boolean
  readonly parameters: readonly Parameter[]
  readonly requestBody?: RequestBody
  readonly responses: readonly DocumentedResponse[]
  /** Empty: no credential is asked for. */
  readonly security: readonly SecurityAlternative[]
  readonly pointer: string
  readonly place: Place
}

/**
 * An OpenAPI document, read: all of its files in one, in the words of OpenAPI 3.1, and the places
 * that its parts have in the files.
 *
 * @example
 * const spec = await readSpec({ root: process.cwd(), file: 'specs/orders.openapi.yaml' })
 */
export interface Spec {
  /** Relative to the project's root. */
  readonly file: string
  readonly title: string
  /** As the document says it: `2.0`, `3.0.3`. */
  readonly version: string
  /** References are bundled, not followed: schemas may be circular. */
  readonly document: JsonObject
  readonly operations: readonly Operation[]
  readonly securitySchemes: Readonly<Record<string, SecurityScheme>>
  /** All that is wrong with it and still leaves something usable. */
  readonly problems: readonly SpecProblem[]
  /** Callbacks and webhooks: what the document describes and nobody can ask a provider for. */
  readonly notReplayed: readonly string[]
  /** Judges values by the schemas of {@link Spec.document}. */
  readonly schemas: Schemas
  /** The line where something in {@link Spec.document} is written. */
  locate(pointer: string): Place
}

/** A technique of planning requests for an operation, from cheap to deep. */
export const techniques = [
  'examples',
  'boundaries',
  'negatives',
  'credentials',
  'sequences',
  'fuzz',
] as const

/** One of {@link techniques}. */
export type Technique = (typeof techniques)[number]

/** Which promise of the document a request breaks; the judge makes sure of it by the bytes sent. */
export type Breach =
  | { readonly part: 'body' }
  | { readonly part: 'parameter'; readonly parameter: Parameter }
  | { readonly part: 'missing-parameter'; readonly parameter: Parameter }
  | { readonly part: 'missing-body' }
  | { readonly part: 'malformed-body' }
  | { readonly part: 'media-type' }
  | { readonly part: 'accept' }

/** How a request says who sends it, where that is what is tried. */
export type Stranger = 'nobody' | 'malformed' | 'scheme' | 'unknown' | 'rejected' | 'scopes'

/** What a request is sent for: what may be asked of its answer depends on it. */
export type Intent =
  /** It keeps the document: it should be taken, if the state allows it. */
  | { readonly kind: 'valid' }
  /** It makes a state that others need. */
  | { readonly kind: 'setup' }
  /** It must be refused. */
  | { readonly kind: 'invalid'; readonly breach: Breach; readonly words: string }
  /** Nobody says what should come of it, but that the provider must not fail. */
  | { readonly kind: 'odd' }
  /** It is put beside others, and is not judged for itself. */
  | { readonly kind: 'aside' }
  /** A method that the path does not have. */
  | { readonly kind: 'method' }
  /** It must be refused for want of a credential; `status` is what should say so. */
  | {
      readonly kind: 'stranger'
      readonly who: Stranger
      /** As the sentence ends: `without a credential`. */
      readonly words: string
      readonly status: number
    }

/** One request of a case, complete but for the provider's address and the secrets. */
export interface PlannedRequest {
  /** What makes it this one: `example "paid"`, `generated`. */
  readonly name: string
  readonly method: string
  /** Under the provider's address: base path, path and query, percent-encoded. */
  readonly target: string
  /** The base path in `target`: an address that ends with it already is not given it twice. */
  readonly basePath: string
  readonly headers: HeaderFields
  readonly body?: Uint8Array
  /** Credentials by name, whose fields are put in when it is sent. */
  readonly credentials: readonly string[]
  /** Absent: `valid`. */
  readonly intent?: Intent
  /** The operation that it asks; absent: the case's own. */
  readonly operation?: Operation
  /** Milliseconds to wait before it is sent. */
  readonly after?: number
}

/** Requests of which the next depends on what the last was answered. */
export type Asking<Result> = Generator<PlannedRequest, Result, Exchange>

/**
 * What only several exchanges together show: facts for the check of that code, which decides.
 *
 * `exchanges` are in their order; the last one is the one that should have been different.
 */
export interface Observation {
  readonly code: SpecCode
  readonly operation: Operation
  readonly exchanges: readonly Exchange[]
  /** What of the document it is about. */
  readonly pointer: string
  /** What the check needs besides, by name. */
  readonly facts: Readonly<Record<string, JsonValue>>
}

/** What a request has made in a system that is not ours. */
export interface MadeThing {
  /** Its path there, as far as it is known. */
  readonly target: string
  /** Takes it away. */
  readonly undo?: PlannedRequest
  /** Why nothing can. */
  readonly doubt?: string
}

/** What a case of an operation carries from stage to stage. */
export interface OperationDetail {
  readonly technique: Technique
  readonly operation: Operation
  /** What is asked whatever comes. */
  readonly requests: readonly PlannedRequest[]
  /** What is asked beyond that, depending on what comes; it is given the answers to `requests`. */
  readonly script?: (exchanges: readonly Exchange[]) => Asking<readonly Observation[]>
  /** Whether the document asks for a credential that the integration has not. */
  readonly isCredentialLacking: boolean
  /** What a request has made that must be taken away; absent: the testbed is dropped anyway. */
  readonly madeBy?: (planned: PlannedRequest, exchange: Exchange) => MadeThing | undefined
  /** Whether nothing may be sent that could change something. */
  readonly isReadOnly?: true
  /** Whether one more request may be sent after so many; absent: always. */
  readonly mayAsk?: (sent: number) => boolean
  readonly spec: Spec
}

/**
 * A request of a recipe: in its target, headers and body `{{name}}` stands for what an earlier answer
 * gave; `takes` is what its own answer gives to later ones.
 */
export interface RecipeStep {
  readonly planned: PlannedRequest
  readonly takes: readonly Taking[]
}

/** What was seen when a recipe was sent; as many exchanges as there are steps, or fewer. */
export interface RecipeSeen {
  readonly exchanges: OperationSeen['exchanges']
  /** The steps as a person can send them to that provider. */
  readonly shown: readonly ShownRequest[]
}

/** What was seen when the planned requests were sent. */
export interface OperationSeen {
  readonly exchanges: readonly {
    readonly planned: PlannedRequest
    readonly exchange: Exchange
  }[]
  readonly observations: readonly Observation[]
  /** Whether the budget ended it: what would have followed is not known. */
  readonly isCut?: true
}
