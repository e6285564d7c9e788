import type { Laboratory, Proof } from './attempt.ts'
import type { Conclusion } from './conclude.ts'
import type { Finding } from './model/finding.ts'
import type { TestCase } from './model/test-case.ts'

/** Says of each finding that was seen twice whether it is known. */
export const withKnown = async <Detail, Seen>(
  testCase: TestCase<Detail>,
  { accepted }: Proof<Detail, Seen>,
  laboratory: Laboratory,
  conclusion: Conclusion,
): Promise<Conclusion> => {
  if (accepted === undefined || conclusion.verdict !== 'failed') return conclusion
  const findings: Finding[] = []
  for (const finding of conclusion.findings) {
    const known = await accepted(testCase, finding, laboratory)
    findings.push(known === undefined ? finding : { ...finding, known })
  }
  return { ...conclusion, findings }
}
