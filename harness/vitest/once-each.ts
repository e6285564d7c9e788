import { identityOf, type Finding } from '../model/finding.ts'

/** A worker does not make more findings small than this: a provider may break everywhere. */
const findingsMax = 40

/** Of one code it is enough to see how some of its findings come about. */
const ofCodeMax = 8

/**
 * Chooses the findings that are made small: each identity once, of a shared rule the first operation
 * that breaks it, and not more than a reader will look at.
 *
 * @example
 * const isToShrink = onceEach()
 * isToShrink(testCase, finding) // true, and false for the same once more
 */
export const onceEach = (): ((testCase: unknown, finding: Finding) => boolean) => {
  const seen = new Set<string>()
  const counts = new Map<string, number>()
  return (_, finding) => {
    const isShared = finding.place.pointer?.startsWith('/paths/') === false
    const key = identityOf(isShared ? { ...finding, subject: '' } : finding)
    const count = counts.get(finding.code) ?? 0
    if (seen.has(key) || count >= ofCodeMax || seen.size >= findingsMax) return false
    seen.add(key)
    counts.set(finding.code, count + 1)
    return true
  }
}
