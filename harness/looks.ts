import { attempt, type AttemptResult, type Laboratory, type Proof } from './attempt.ts'
import { needsSecondLook } from './conclude.ts'
import type { TestCase } from './model/test-case.ts'

/**
 * Runs a case until it holds or its failure was seen often enough: twice on testbeds of ours, more
 * often and with pauses where a provider is not ours.
 */
export const looks = async <Detail, Seen>(
  testCase: TestCase<Detail>,
  proof: Proof<Detail, Seen>,
  laboratory: Laboratory,
): Promise<readonly [AttemptResult<Seen>, ...AttemptResult<Seen>[]]> => {
  const first = await attempt(testCase, proof, laboratory)
  const all: [AttemptResult<Seen>, ...AttemptResult<Seen>[]] = [first]
  for (let last = first; needsSecondLook(last) && all.length < (laboratory.looks ?? 2);) {
    // An environment that is gone says so once more when it is asked.
    await laboratory.pause?.().catch(() => {})
    last = await attempt(testCase, proof, laboratory, true)
    all.push(last)
  }
  return all
}
