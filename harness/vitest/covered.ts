import type { TestCase } from '../model/test-case.ts'
import { budgetFix } from '../spec/budget-fix.ts'
import type { Indexed } from '../spec/coverage/catalogue.ts'
import { writeMarks } from '../spec/coverage/marks.ts'
import { reachedBy } from '../spec/coverage/reached.ts'
import type { OperationDetail, OperationSeen, Spec } from '../spec/types.ts'
import { isTimeOver, type Budget } from './budget.ts'
import { operationProof } from './prove-operation.ts'
import type { Planned } from './register.ts'

/** A document, its catalogue, and what its cases may cost. */
export interface Catalogued {
  readonly spec: Spec
  readonly indexed: Indexed
  readonly digest: string
  readonly budget: Budget | undefined
}

const isOver = (budget: Budget | undefined): boolean =>
  budget !== undefined && 'milliseconds' in budget && isTimeOver(budget.milliseconds)

type Covered = Required<Pick<Planned<OperationDetail, OperationSeen>, 'proof' | 'coverage'>>

/** What proves a case, and what of the document it reaches on the way, over all attempts. */
export const covered = (
  { detail: { operation }, ruling }: TestCase<OperationDetail>,
  { spec, indexed, digest, budget }: Catalogued,
): Covered => {
  const reached = new Set<number>()
  let sent: number | undefined
  let isCut = ruling?.fix === budgetFix
  // What is asked again is asked as far as it was the first time: else the budget would differ.
  const bounded = (one: TestCase<OperationDetail>): TestCase<OperationDetail> => {
    const { mayAsk } = one.detail
    const again = sent
    const within =
      again === undefined
        ? (count: number): boolean => (mayAsk?.(count) ?? true) && !isOver(budget)
        : (count: number): boolean => count < again
    return { ...one, detail: { ...one.detail, mayAsk: within } }
  }
  return {
    proof: {
      ...operationProof,
      replay: async (testCase, world) => {
        const seen = await operationProof.replay(bounded(testCase), world)
        sent ??= seen.isCut === true ? seen.exchanges.length : Infinity
        isCut ||= seen.isCut === true
        return seen
      },
      judge: (testCase, seen) => {
        for (const index of reachedBy(testCase.detail, seen, indexed)) reached.add(index)
        return operationProof.judge(testCase, seen)
      },
      shrink: operationProof.shrink,
    },
    coverage: () => ({
      spec: spec.file,
      digest,
      operation: spec.operations.indexOf(operation),
      reached: writeMarks(reached),
      ...(isCut ? { cut: true as const } : {}),
    }),
  }
}
