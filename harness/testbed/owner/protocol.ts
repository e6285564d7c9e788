import type { StubReport } from '../../model/evidence.ts'
import type { ToxicSpecification } from '../link/toxic.ts'
import type { RestartOptions, TestbedDescription } from '../testbed.ts'
import type { WireError } from './wire-error.ts'

/** Where an owner listens: a socket that only this user may open, and a word that only this run knows. */
export interface OwnerAddress {
  readonly path: string
  readonly token: string
}

interface OnLink {
  readonly testbed: string
  readonly link: string
}

interface OnToxic extends OnLink {
  readonly toxic: string
}

/** What a worker may ask of the owner: for each method its parameters and its result. */
export interface OwnerMethods {
  lease: {
    readonly params: {
      readonly integration: string
      readonly caseId: string
      /** How a person knows the case: its name and its place. Absent: the id. */
      readonly caseLabel?: string
      readonly environment?: Readonly<Record<string, string>>
      /** Its provider must have served no case before. */
      readonly untouched?: boolean
    }
    readonly result: TestbedDescription
  }
  /** So many more cases of an integration will come: testbeds are made ahead for no more. */
  expect: {
    readonly params: { readonly integration: string; readonly count: number }
    readonly result: null
  }
  /** `dirty`: something unexpected happened in it, so that no other case may have its provider. */
  release: {
    readonly params: { readonly testbed: string; readonly keep: boolean; readonly dirty: boolean }
    readonly result: null
  }
  /** Why a testbed is not whole any more: a server of it ended. Else null. */
  failure: { readonly params: { readonly testbed: string }; readonly result: WireError | null }
  log: {
    readonly params: {
      readonly testbed: string
      /** Default: the provider's. */ readonly of?: 'dependencies'
    }
    readonly result: readonly string[]
  }
  stubReports: {
    readonly params: { readonly testbed: string }
    readonly result: readonly StubReport[]
  }
  restart: {
    readonly params: {
      readonly testbed: string
      readonly environment: Readonly<Record<string, string>>
    } & RestartOptions
    readonly result: null
  }
  kill: { readonly params: { readonly testbed: string }; readonly result: null }
  addToxic: {
    readonly params: OnLink & { readonly specification: ToxicSpecification }
    readonly result: string
  }
  removeToxic: { readonly params: OnToxic; readonly result: null }
  /** Milliseconds since 1970, or null. */
  firstBite: { readonly params: OnToxic; readonly result: number | null }
  resetLink: { readonly params: OnLink; readonly result: null }
}

/** Name of a method. */
export type OwnerMethod = keyof OwnerMethods

/** One call, as it crosses the socket. Answers come in any order, under the call's number. */
export interface Call {
  readonly id: number
  readonly method: string
  readonly params: unknown
}

/** The answer to a call. */
export type Answer =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: WireError }

/** The first thing that a worker says. */
export interface Greeting {
  readonly token: string
}
