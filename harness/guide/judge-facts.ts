import type { Finding, Judgement } from '../model/finding.ts'
import { wrongWords, type Comparison } from './facts/comparison.ts'

const findingOf = (one: Comparison): Finding => ({
  code: one.code,
  summary: `${one.problem}: ${wrongWords(one)}.`,
  subject: one.subject,
  place: one.place,
  expected: one.says,
  actual: one.others ?? 'nothing of the kind',
  confirmed: false,
})

/**
 * What a page says beside what else says it, as a verdict. Pure.
 *
 * @example
 * judgeFacts([]).verdict // 'verified'
 */
export const judgeFacts = (comparisons: readonly Comparison[]): Judgement => {
  const differing = comparisons.filter(({ came }) => came === 'differs')
  const [first] = differing
  if (first === undefined) return { verdict: 'verified', findings: [] }
  return {
    verdict: 'failed',
    findings: differing.map(findingOf),
    ...(first.fix === undefined ? {} : { fix: first.fix }),
  }
}
