import { attempt, type Again, type AttemptResult, type Laboratory, type Proof } from './attempt.ts'
import type { Conclusion } from './conclude.ts'
import type { Finding } from './model/finding.ts'
import type { Exchange } from './model/http.ts'
import type { TestCase } from './model/test-case.ts'

/** A bound on one try, which is shorter than that on a case: what takes long is not small. */
const tryMilliseconds = 10_000

/** Findings, and what it took to make them small. */
export interface Smallest {
  readonly findings: readonly Finding[]
  /** What was asked on the way: secrets that the provider gave out stand in it. */
  readonly exchanges: readonly Exchange[]
  readonly milliseconds: number
}

/**
 * The findings of a case that failed, each shown by the fewest and smallest requests that were found
 * on fresh testbeds. Those of a case that did not fail, or of which nothing can be left out, are what
 * they were.
 */
export const smallest = async <Detail, Seen>(
  testCase: TestCase<Detail>,
  { shrink }: Proof<Detail, Seen>,
  laboratory: Laboratory,
  {
    first: { seen },
    conclusion: { verdict, findings },
  }: {
    readonly first: AttemptResult<Seen>
    readonly conclusion: Pick<Conclusion, 'verdict' | 'findings'>
  },
): Promise<Smallest> => {
  const { isToShrink } = laboratory
  const untouched = { findings, exchanges: [], milliseconds: 0 }
  if (shrink === undefined || seen === undefined || isToShrink === undefined) return untouched
  if (verdict !== 'failed' || laboratory.keep) return untouched
  const attemptMilliseconds = Math.min(tryMilliseconds, laboratory.attemptMilliseconds)
  const exchanges: Exchange[] = []
  let milliseconds = 0
  const again: Again = async (replay) => {
    const proof = {
      replay: (_: unknown, world: Parameters<typeof replay>[0]) => replay(world),
      judge: () => ({ verdict: 'verified' as const, findings: [] }),
    }
    const tried = await attempt(testCase, proof, { ...laboratory, attemptMilliseconds }, true)
    exchanges.push(...tried.attempt.events.flatMap(({ exchange }) => exchange ?? []))
    milliseconds += tried.attempt.milliseconds
    return tried.attempt.verdict === 'verified' ? tried.seen : undefined
  }
  const small: Finding[] = []
  for (const finding of findings)
    small.push(
      finding.known === undefined && isToShrink(testCase, finding)
        ? await shrink(testCase, seen, finding, again)
        : finding,
    )
  return { findings: small, exchanges, milliseconds }
}
