import { nearest } from '../../model/nearest.ts'
import type { WrittenMapping } from '../../testbed/stub/mappings.ts'
import type { JsonObject } from '../../spec/json.ts'
import type { Spec } from '../../spec/types.ts'
import { compareAnswer } from './compare-answer.ts'
import { compareRequest } from './compare-request.ts'
import type { StubComparison, StubDisagreement } from './disagreement.ts'
import { isCatchAll, operationsOfStub } from './find-operations.ts'
import { stubRequestOf, type StubRequest } from './stub-request.ts'

/** What comparing a stub with its upstream's spec came to. */
export interface ComparedStub extends StubComparison {
  /** Whether any operation was found that it could be compared with. */
  readonly isCompared: boolean
}

const without = (why: string): ComparedStub => ({
  disagreements: [],
  unchecked: [why],
  isCompared: false,
})

/** What is said of a stub that stands in for no operation: its method, or else its path. */
const unknownOperation = (request: StubRequest, spec: Spec): StubDisagreement => {
  const { method = 'ANY', paths } = request
  const written = paths?.written ?? ''
  const { method: _, ...anyMethod } = request
  const others = operationsOfStub(anyMethod, spec)
  const [other] = others
  if (other !== undefined) {
    const known = [...new Set(others.map((one) => one.method))].join(', ')
    return {
      summary: `The stub answers ${method} ${written}, and the spec has only ${known} there.`,
      expected: known,
      actual: method,
      segments: ['request', 'method'],
      pointer: other.pointer.replace(/\/[^/]*$/, ''),
    }
  }
  const meant = nearest(written, new Set(spec.operations.map(({ path }) => path)))
  return {
    summary: `The stub answers ${method} ${written}, and the spec has no such path.`,
    expected: meant === undefined ? 'a path of the spec' : `a path of the spec, such as ${meant}`,
    actual: written,
    segments: ['request', paths?.key ?? 'url'],
    pointer: '/paths',
  }
}

/**
 * Compares a stub with the spec of what it stands in for. A stub that may answer for several
 * operations is right where it is right for one of them: which one it was made for, nobody knows.
 *
 * @example
 * const { disagreements } = await compareStub(mapping, spec)
 */
export const compareStub = async (
  { json }: Pick<WrittenMapping, 'json'>,
  spec: Spec,
): Promise<ComparedStub> => {
  const mapping = json as JsonObject
  const request = stubRequestOf(mapping)
  if (isCatchAll(request))
    return without('it answers whatever is asked, so it is about no operation')
  const operations = operationsOfStub(request, spec)
  if (operations.length === 0) {
    if (request.paths?.samples === undefined)
      return without(`which paths ${request.paths?.key ?? 'it'} takes`)
    return { disagreements: [unknownOperation(request, spec)], unchecked: [], isCompared: true }
  }
  let best: StubComparison | undefined
  for (const operation of operations) {
    const [asked, answered] = [
      await compareRequest(request, operation, spec),
      await compareAnswer(mapping, operation, spec),
    ]
    const both: StubComparison = {
      disagreements: [...asked.disagreements, ...answered.disagreements],
      unchecked: [...new Set([...asked.unchecked, ...answered.unchecked])],
    }
    if (best === undefined || both.disagreements.length < best.disagreements.length) best = both
    if (best.disagreements.length === 0) break
  }
  return { disagreements: [], unchecked: [], ...best, isCompared: true }
}
