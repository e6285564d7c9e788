import type { Attempt, StubReport } from './model/evidence.ts'
import type { Acceptance } from './model/acceptance.ts'
import type { Finding, Judgement, Times } from './model/finding.ts'
import type { Credential } from './model/credential.ts'
import type { TestCase } from './model/test-case.ts'
import { Blocked, EnvironmentGone, UserError } from './model/user-error.ts'
import type { Verdict } from './model/verdict.ts'
import { openJournal } from './record/journal.ts'
import { openCaseScope } from './testbed/client/left-open.ts'
import { ownPorts } from './testbed/client/own-ports.ts'
import type { Signer } from './testbed/before-request.ts'
import type { Testbed } from './testbed/testbed.ts'
import type { LeaseOptions, World } from './testbed/world.ts'

/** The last two stages before the record, for one kind of case. */
export interface Proof<Detail, Seen> {
  readonly replay: (testCase: TestCase<Detail>, world: World) => Promise<Seen>
  readonly judge: (testCase: TestCase<Detail>, seen: Seen) => Judgement | Promise<Judgement>
  /** Shows a finding by less; absent where nothing is to be left out. */
  readonly shrink?: (
    testCase: TestCase<Detail>,
    seen: Seen,
    finding: Finding,
    again: Again,
  ) => Promise<Finding>
  /** Why a finding is known; absent where none is. */
  readonly accepted?: (
    testCase: TestCase<Detail>,
    finding: Finding,
    laboratory: Laboratory,
  ) => Promise<Acceptance | undefined>
}

/** Replays something else on a fresh testbed of the case; `undefined` where that was not possible. */
export type Again = <Result>(
  replay: (world: World) => Promise<Result>,
) => Promise<Result | undefined>

/** What an owner is told of a case, for the books and for what it says of it. */
export type CaseName = Pick<TestCase, 'id' | 'name' | 'place'>

/** What an attempt is made with. */
export interface Laboratory {
  readonly lease: (testCase: CaseName, options?: LeaseOptions) => Promise<Testbed>
  readonly credentials: readonly Credential[]
  /** Signs what is sent; absent where the config names nobody. */
  readonly signer?: Signer
  readonly seed: number
  /** The bound on one attempt, in milliseconds: a backstop, for what has no bound of its own. */
  readonly attemptMilliseconds: number
  /** Aborted when the run ends. */
  readonly signal: AbortSignal
  /** How often a failure must be seen before it is believed; absent: twice. */
  readonly looks?: number
  /** Waits before each further look, where a provider is not ours. */
  readonly pause?: () => Promise<void>
  /** Hold the testbeds of a red case open for a person. */
  readonly keep: boolean
  /** Whether a finding is to be made small: each once, and not too many. Absent: none is. */
  readonly isToShrink?: (testCase: CaseName, finding: Finding) => boolean
}

/** One run of a case: what goes into the evidence, and what it came to. */
export interface AttemptResult<Seen = unknown> {
  readonly attempt: Attempt
  /** What the stage `replay` saw, where it came to an end. */
  readonly seen?: Seen
  readonly findings: readonly Finding[]
  readonly reason?: string
  readonly fix?: string
  readonly log?: readonly string[]
  /** What its own code left open in the worker, in words. */
  readonly leftOpen: readonly string[]
}

interface Ending {
  readonly verdict: Verdict
  readonly findings: readonly Finding[]
  readonly times?: Times
  readonly reason?: string
  readonly fix?: string
  readonly log?: readonly string[]
}

const endingOf = (error: unknown, signal: AbortSignal): Ending => {
  if (signal.aborted) return { verdict: 'aborted', findings: [], reason: 'the run ended first' }
  if (error instanceof EnvironmentGone)
    return { verdict: 'aborted', findings: [], reason: error.message }
  if (error instanceof Blocked || error instanceof UserError) {
    const { fix } = error.parts
    const log = error instanceof Blocked ? error.parts.log : undefined
    return {
      verdict: error instanceof Blocked ? 'blocked' : 'failed',
      findings: [],
      reason: log === undefined ? error.message : `${error.message}\n${log}`,
      ...(fix === undefined ? {} : { fix }),
    }
  }
  const words = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { verdict: 'blocked', findings: [], reason: `Proofbook itself failed here: ${words}` }
}

/** What went wrong while a server of the testbed was gone says nothing about the provider. */
const excused = (ending: Ending, failure: Error | undefined, signal: AbortSignal): Ending => {
  const { verdict } = ending
  if (failure === undefined || verdict === 'verified' || verdict === 'aborted') return ending
  return endingOf(failure, signal)
}

/** A bound that starts when the first testbed is there: waiting for one is not the case's fault. */
const openBound = (milliseconds: number) => {
  const controller = new AbortController()
  let timer: NodeJS.Timeout | undefined
  return {
    signal: controller.signal,
    start: (): void => {
      timer ??= setTimeout(() => controller.abort(), milliseconds)
    },
    stop: (): void => clearTimeout(timer),
  }
}

const givenUp = (milliseconds: number, signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const problem = `the case was not done after ${milliseconds / 1000} s and was given up`
    const onAbort = (): void => reject(new Blocked({ problem }))
    if (signal.aborted) onAbort()
    else signal.addEventListener('abort', onAbort, { once: true })
  })

/** Testbeds as one attempt leases them: their logs are read before they are given back. */
const leasing = (
  laboratory: Laboratory,
  testCase: CaseName,
  { again, onLease }: { readonly again: boolean; readonly onLease: () => void },
) => {
  const all: Testbed[] = []
  const log: string[] = []
  const stubs: StubReport[] = []
  let failure: Error | undefined
  const close = async (testbed: Testbed): Promise<void> => {
    failure ??= await testbed.failure().catch(() => undefined)
    const [lines, dependencyLines, reports] = await Promise.all([
      testbed.log().catch(() => []),
      testbed.dependencyLog?.().catch(() => []) ?? [],
      testbed.stubReports().catch(() => []),
    ])
    log.push(...lines, ...dependencyLines)
    stubs.push(...reports)
    await testbed[Symbol.asyncDispose]()
  }
  const lease = async (options?: LeaseOptions): Promise<Testbed> => {
    // What is seen again must not come from what other cases left in a provider that runs on.
    const testbed = await laboratory.lease(
      testCase,
      again ? { ...options, untouched: true } : options,
    )
    all.push(testbed)
    onLease()
    return {
      ...testbed,
      [Symbol.asyncDispose]: () => (laboratory.keep ? Promise.resolve() : close(testbed)),
    }
  }
  /** In keep mode what was held back is decided on only when the verdict is known. */
  const settle = async (red: boolean): Promise<void> => {
    if (!laboratory.keep) return
    for (const testbed of all) {
      if (red) testbed.keep()
      await close(testbed)
    }
  }
  return { lease, log, stubs, all, settle, failure: () => failure }
}

/**
 * Replays a case once, on testbeds of its own, and judges it. Never throws: what went wrong is in
 * the result. `again`: it was tried before, and needs a provider that nobody has used.
 */
export const attempt = async <Detail, Seen>(
  testCase: TestCase<Detail>,
  proof: Proof<Detail, Seen>,
  laboratory: Laboratory,
  again = false,
): Promise<AttemptResult<Seen>> => {
  const start = performance.now()
  const journal = openJournal()
  const bound = openBound(laboratory.attemptMilliseconds)
  const beds = leasing(laboratory, testCase, { again, onLease: bound.start })
  const signal = AbortSignal.any([bound.signal, laboratory.signal])
  const scope = openCaseScope()
  let seen: Seen | undefined
  const run = async (): Promise<Ending> => {
    const { credentials, seed, signer } = laboratory
    seen = await proof.replay(testCase, {
      lease: beds.lease,
      journal,
      credentials,
      ...(signer === undefined ? {} : { signer }),
      seed,
      signal,
    })
    return proof.judge(testCase, seen)
  }
  const ending = await Promise.race([
    scope.run(run),
    givenUp(laboratory.attemptMilliseconds, signal),
  ]).catch((error: unknown) => endingOf(error, laboratory.signal))
  bound.stop()
  const { verdict, findings, reason, fix, log, times } = excused(
    ending,
    beds.failure(),
    laboratory.signal,
  )
  await beds.settle(verdict !== 'verified')
  const own = new Set(beds.all.flatMap(({ description }) => ownPorts(description)))
  const leftOpen = laboratory.signal.aborted ? [] : await scope.leftOpen(own)
  return {
    attempt: {
      testbed: beds.all.map(({ description }) => description.id).join(', '),
      madeOf: [...new Set(beds.all.flatMap(({ description }) => description.madeOf))],
      verdict,
      events: journal.events,
      log: beds.log,
      ...(beds.stubs.length === 0 ? {} : { stubs: beds.stubs }),
      milliseconds: Math.round(performance.now() - start),
      ...(times === undefined ? {} : { times }),
    },
    findings,
    leftOpen,
    ...(seen === undefined ? {} : { seen }),
    ...(reason === undefined ? {} : { reason }),
    ...(fix === undefined ? {} : { fix }),
    ...(log === undefined ? {} : { log }),
  }
}
