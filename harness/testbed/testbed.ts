import type { WireMock } from 'wiremock-captain'
import type { StubReport } from '../model/evidence.ts'
import type { Visit } from './visit/visit.ts'
import type { AppliedToxic, ToxicSpecification } from './link/toxic.ts'

/** What a lease tells about its testbed: plain data, as it crosses the owner's socket. */
export interface TestbedDescription {
  readonly id: string
  readonly integration: string
  /** Address of the provider, without a slash at its end. */
  readonly providerUrl: string
  /** What fills the placeholders: `database.url`, `payments.url`, `port`, ... */
  readonly values: Readonly<Record<string, string>>
  /** Connection strings that go past the links, by dependency: for the harness' own eyes. */
  readonly databases: Readonly<Record<string, string>>
  /** Base URLs of the stubs that go past the links, by dependency. */
  readonly stubs: Readonly<Record<string, string>>
  /** Names of the dependencies whose path from the provider is a link. */
  readonly links: readonly string[]
  /** Why there can be none on the way from the provider, if that is so. */
  readonly linksBlocked?: string
  /** What was real and what stood in, for reports: `PostgreSQL 17.10, a process`. */
  readonly madeOf: readonly string[]
}

/** How a provider's settings change at a restart, beside those that get another value. */
export interface RestartOptions {
  /** Settings that it is started without, from now on or until they are given again. */
  readonly without?: readonly string[]
  /** Forget what earlier restarts have changed. */
  readonly afresh?: boolean
}

/** One row of a query's answer. */
export type Row = Readonly<Record<string, unknown>>

/**
 * A testbed's own database, past the links.
 *
 * @example
 * const rows = await testbed.database().query('SELECT status FROM orders WHERE id = $1', [1])
 */
export interface DatabaseClient {
  readonly url: string
  /** Runs one statement with bound values. Throws what the database says. */
  query(text: string, values?: readonly unknown[]): Promise<readonly Row[]>
}

/** A WireMock that stands in for an upstream, with nothing in it but this case's mappings. */
export interface Stub {
  readonly url: string
  /** The admin client of wiremock-captain. */
  readonly captain: WireMock
}

/**
 * The TCP path from the provider to one dependency.
 *
 * @example
 * const toxic = await testbed.link('payments').add({ type: 'timeout', stream: 'downstream', attributes: { timeout: 0 } })
 * await toxic.remove()
 */
export interface Link {
  readonly name: string
  add(toxic: ToxicSpecification): Promise<AppliedToxic>
  /** Takes all toxics away. */
  reset(): Promise<void>
}

/**
 * Everything that one case needs and nobody else touches, leased from the owner for that case.
 *
 * Closing it gives it back; what was made in it is dropped. An unknown name in `database`, `stub`
 * or `link` throws a `UserError` that lists the known ones.
 *
 * @example
 * await using testbed = await leaseTestbed(owner, { integration: 'orders', caseId: 'a3f09c2d41' })
 * await fetch(`${testbed.description.providerUrl}/orders`)
 */
export interface Testbed extends AsyncDisposable {
  readonly description: TestbedDescription
  /** The named database, or the only one. */
  database(name?: string): DatabaseClient
  stub(name?: string): Stub
  link(name: string): Link
  /** The provider's log of this testbed so far: lines of standard output and standard error. */
  log(): Promise<readonly string[]>
  /** What its stubs have seen so far that nobody planned; those that saw nothing such are left out. */
  stubReports(): Promise<readonly StubReport[]>
  /** What dependencies printed that are this testbed's alone, each line after its name: `[queue] …`. */
  dependencyLog?(): Promise<readonly string[]>
  /** Stops the provider and starts it again on the same dependencies, with these settings changed. */
  restartProvider(
    environment?: Readonly<Record<string, string>>,
    options?: RestartOptions,
  ): Promise<void>
  /** Ends the provider at once, as a crash would; `restartProvider` starts it again. */
  killProvider(): Promise<void>
  /** The way to a provider that is not ours: all that is sent passes there. */
  readonly visit?: Visit
  /** Whether anything unexpected happened in it; a dirty testbed's provider is not used again. */
  markDirty(): void
  /** Why it is not whole any more, if a server of it ended: then the provider is not to blame. */
  failure(): Promise<Error | undefined>
  /** Leaves it open for a person when it is closed: it then ends with the run. */
  keep(): void
}
