import { beforeAll, describe, test, TestRunner, type RunnerTestSuite } from 'vitest'
import type { Proof } from '../attempt.ts'
import { expectedOf } from './expected.ts'
import { describeOutcome, failureOf } from './failure.ts'
import type { CaseMeta } from './meta.ts'
import { curlLinesOf } from '../model/curl-lines.ts'
import type { Outcome } from '../model/outcome.ts'
import { formatPlace, type Place } from '../model/place.ts'
import type { TestCase } from '../model/test-case.ts'
import { isJudged, isRed } from '../model/verdict.ts'
import { belongsTo } from './parts.ts'
import { prove } from '../pipeline.ts'
import type { Run } from './run.ts'
import { isKnown } from './summary.ts'

/** A planned case with what proves it; a case with a ruling needs no proof. */
export interface Planned<Detail, Seen> {
  readonly testCase: TestCase<Detail>
  readonly proof: Proof<Detail, Seen>
  /** What a contract's case says besides. */
  readonly about?: Pick<CaseMeta, 'contract' | 'pending' | 'accepted'>
  /** What of its spec it has reached so far. */
  readonly coverage?: () => CaseMeta['coverage'] & {}
}

/**
 * A case and its proof without their types, so that cases of several kinds can stand in one list.
 */
export const closed = <Detail, Seen>(
  testCase: TestCase<Detail>,
  { replay, judge, shrink, accepted }: Proof<Detail, Seen>,
): Planned<unknown, unknown> => ({
  testCase,
  proof: {
    replay: (_, world) => replay(testCase, world),
    judge: (_, seen) => judge(testCase, seen as Seen),
    ...(shrink === undefined
      ? {}
      : { shrink: (_, seen, finding, again) => shrink(testCase, seen as Seen, finding, again) }),
    ...(accepted === undefined
      ? {}
      : { accepted: (_, finding, laboratory) => accepted(testCase, finding, laboratory) }),
  },
})
/** A command line may be as long as it likes. */
const leftLengthMax = 200

const leftOpenText = (
  { name, place }: TestCase,
  leftOpen: readonly string[],
  mask: Run['mask'],
): string => {
  // Before it is cut: half a secret would not be known.
  const things = leftOpen.map((thing) => mask(thing).slice(0, leftLengthMax))
  return `Case ${mask(`"${name}" (${formatPlace(place)})`)} left open in its worker: ${things.join('; ')}`
}

const metaOf = (
  {
    testCase,
    about,
    coverage,
  }: Pick<Planned<unknown, unknown>, 'about' | 'coverage'> & {
    readonly testCase: TestCase
  },
  outcome: Outcome,
  { mask, provided }: Run,
): CaseMeta => {
  const { shard } = provided
  const { id, name, kind, integration } = testCase
  const { verdict, findings, reason, fix, evidence, requests, madeOf, leftOpen, times } = outcome
  const masked = JSON.parse(
    JSON.stringify(
      {
        findings: findings.map((one) => ({ ...one, request: undefined, shown: undefined })),
        curls: findings.map(curlLinesOf),
        reason,
        fix,
      },
      // Each text by itself: in JSON a secret with a quote in it would look different.
      (_, value: unknown) => (typeof value === 'string' ? mask(value) : value),
    ),
  ) as Pick<CaseMeta, 'findings' | 'curls' | 'reason' | 'fix'>
  return {
    id,
    name,
    kind,
    integration,
    verdict,
    requests,
    madeOf,
    ...masked,
    ...about,
    ...(coverage === undefined ? {} : { coverage: coverage() }),
    ...(leftOpen === undefined ? {} : { leftOpen: leftOpenText(testCase, leftOpen, mask) }),
    ...(times === undefined ? {} : { times }),
    ...(evidence === undefined ? {} : { evidence }),
    ...(shard === undefined ? {} : { shard }),
  }
}

/** Vitest looks for a test's line in the stack of its registration; ours is known better. */
const placeLast = ({ line, column }: Place, meta: CaseMeta): void => {
  const task = TestRunner.getCurrentSuite().tasks.at(-1)
  if (task?.type !== 'test') return
  task.location = { line, column: column ?? 1 }
  task.meta.proofbook = meta
}

const isTodo = (testCase: TestCase): boolean =>
  testCase.ruling?.verdict === 'unimplemented' || testCase.ruling?.verdict === 'by-hand'

const registerOne = <Detail, Seen>(
  { testCase, proof, about = {}, coverage }: Planned<Detail, Seen>,
  run: Run,
): void => {
  const meta = (outcome: Outcome): CaseMeta =>
    metaOf({ testCase, about, ...(coverage === undefined ? {} : { coverage }) }, outcome, run)
  const { mask, provided } = run
  const unasked = { findings: [], requests: 0, madeOf: [], milliseconds: 0 }
  if (isTodo(testCase) && testCase.ruling !== undefined) {
    test.todo(testCase.name)
    placeLast(testCase.place, meta({ ...testCase.ruling, ...unasked }))
    return
  }
  // Neither a user's retry, which would make what is unsteady green, nor their time-out is for cases:
  // a case is tried twice and has bounds of its own, which say what they waited for.
  const own = { retry: 0, repeats: 0, timeout: 0 }
  test.concurrent(testCase.name, own, async ({ task, skip, signal }) => {
    const laboratory = run.laboratory(testCase.integration, signal)
    const outcome = await prove(testCase, proof, laboratory, { root: provided.root, mask })
    task.meta.proofbook = meta(outcome)
    const { seed, repeat } = provided.options
    const context = { root: provided.root, seed, repeat, mask }
    const isPending = about.pending === true && isJudged(outcome.verdict)
    if (isKnown(outcome)) skip(`known: ${describeOutcome(testCase, outcome, context)}`)
    if (isRed(outcome.verdict) && !isPending) throw failureOf(testCase, outcome, context)
    if (isRed(outcome.verdict)) skip(`pending: ${describeOutcome(testCase, outcome, context)}`)
    if (outcome.verdict === 'not-asked') skip(describeOutcome(testCase, outcome, context))
  })
  placeLast(testCase.place, meta({ verdict: 'aborted', ...unasked }))
}

const registerGroup = <Detail, Seen>(
  planned: readonly Planned<Detail, Seen>[],
  depth: number,
  run: Run,
): void => {
  let rest = planned
  while (rest[0] !== undefined) {
    const heading = rest[0].testCase.group[depth]
    const end = rest.findIndex(({ testCase }) => testCase.group[depth] !== heading)
    const chunk = end === -1 ? rest : rest.slice(0, end)
    if (heading === undefined) for (const one of chunk) registerOne(one, run)
    else describe.concurrent(heading, () => registerGroup(chunk, depth + 1, run))
    rest = rest.slice(chunk.length)
  }
}

/** Whether a case of a file runs in this part, and was not left out by `--case`. */
export const isChosen = (id: string, file: string, { provided }: Run): boolean =>
  belongsTo(id, file, provided.part) && (provided.options.cases?.includes(id) ?? true)

/**
 * Registers the planned cases of a file with Vitest: their groups as suites, each case as a
 * concurrent test at its own line of the user's file. Those of another part or that were not chosen
 * are left out.
 */
export const registerCases = <Detail, Seen>(
  file: string,
  planned: readonly Planned<Detail, Seen>[],
  run: Run,
): void => {
  const chosen = planned.filter(({ testCase: { id } }) => isChosen(id, file, run))
  registerGroup(chosen, 0, run)
  const asking = chosen.filter(({ testCase }) => testCase.ruling === undefined)
  const ids = new Set(asking.map(({ testCase }) => testCase.id))
  // Only when the file is about to run is it known what `-t` and the like leave of it.
  // Vitest reads the first parameter's names: none of them is wanted.
  // oxlint-disable-next-line eslint/no-empty-pattern
  beforeAll(async ({}, { tasks }: Readonly<RunnerTestSuite>) => {
    for (const [integration, count] of expectedOf(tasks, ids)) await run.expect(integration, count)
  })
}
