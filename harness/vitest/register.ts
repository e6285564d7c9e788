import { describe, test, TestRunner } from 'vitest'
import type { Proof } from '../attempt.ts'
import { curlLine } from '../model/curl.ts'
import { describeOutcome, failureOf } from './failure.ts'
import type { CaseMeta } from './meta.ts'
import type { Outcome } from '../model/outcome.ts'
import type { Place } from '../model/place.ts'
import type { TestCase } from '../model/test-case.ts'
import { isRed } from '../model/verdict.ts'
import { prove } from '../pipeline.ts'
import type { Run } from './run.ts'

/** A planned case with what proves it; a case with a ruling needs no proof. */
export interface Planned<Detail, Seen> {
  readonly testCase: TestCase<Detail>
  readonly proof: Proof<Detail, Seen>
}

/**
 * A case and its proof without their types, so that cases of several kinds can stand in one list.
 */
export const closed = <Detail, Seen>(
  testCase: TestCase<Detail>,
  proof: Proof<Detail, Seen>,
): Planned<unknown, unknown> => ({
  testCase,
  proof: {
    replay: (_, world) => proof.replay(testCase, world),
    judge: (_, seen) => proof.judge(testCase, seen as Seen),
  },
})

const metaOf = (testCase: TestCase, outcome: Outcome, mask: (text: string) => string): CaseMeta => {
  const { id, name, kind, integration } = testCase
  const { verdict, findings, reason, fix, evidence, requests, madeOf } = outcome
  const masked = JSON.parse(
    mask(
      JSON.stringify({
        findings: findings.map((finding) => ({ ...finding, request: undefined })),
        curls: findings.map(({ request }) => (request === undefined ? null : curlLine(request))),
        reason,
        fix,
      }),
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
    ...(evidence === undefined ? {} : { evidence }),
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

const registerOne = <Detail, Seen>({ testCase, proof }: Planned<Detail, Seen>, run: Run): void => {
  const { mask, provided } = run
  const unasked = { findings: [], requests: 0, madeOf: [], milliseconds: 0 }
  if (isTodo(testCase) && testCase.ruling !== undefined) {
    test.todo(testCase.name)
    placeLast(testCase.place, metaOf(testCase, { ...testCase.ruling, ...unasked }, mask))
    return
  }
  test.concurrent(testCase.name, async ({ task, skip, signal }) => {
    const record = { root: provided.root, mask }
    const laboratory = run.laboratory(testCase.integration, signal)
    const outcome = await prove(testCase, proof, laboratory, record)
    task.meta.proofbook = metaOf(testCase, outcome, mask)
    const context = { root: provided.root, seed: provided.options.seed, mask }
    if (isRed(outcome.verdict)) throw failureOf(testCase, outcome, context)
    if (outcome.verdict === 'not-asked') skip(describeOutcome(testCase, outcome, context))
  })
  placeLast(testCase.place, metaOf(testCase, { verdict: 'aborted', ...unasked }, mask))
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

/**
 * Registers planned cases with Vitest: their groups as suites, each case as a concurrent test at its
 * own line of the user's file.
 */
export const registerCases = <Detail, Seen>(
  planned: readonly Planned<Detail, Seen>[],
  run: Run,
): void => {
  const { cases } = run.provided.options
  const chosen =
    cases === undefined ? planned : planned.filter(({ testCase }) => cases.includes(testCase.id))
  registerGroup(chosen, 0, run)
}
