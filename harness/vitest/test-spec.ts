import type { TestCase } from '../model/test-case.ts'
import { catalogueOf, type Indexed } from '../spec/coverage/catalogue.ts'
import { writeMarks } from '../spec/coverage/marks.ts'
import { reachedBy } from '../spec/coverage/reached.ts'
import { judgeOperation } from '../spec/judge/judge-operation.ts'
import { budgetFix } from '../spec/budget-fix.ts'
import { planSpec, type PlanSpecContext } from '../spec/plan/plan-spec.ts'
import { readSpec } from '../spec/read/read-spec.ts'
import { replayOperation } from '../spec/replay/replay-operation.ts'
import type { OperationDetail, OperationSeen, Spec } from '../spec/types.ts'
import { UserError } from '../model/user-error.ts'
import { integrationOfSpec } from './integration-of.ts'
import { problemCase } from './problem.ts'
import { isTimeOver, type Budget } from './budget.ts'
import { keepCatalogue } from './catalogue-file.ts'
import { registerCases, type Planned } from './register.ts'
import { currentRun, type Run } from './run.ts'

const isOver = (budget: Budget | undefined): boolean =>
  budget !== undefined && 'milliseconds' in budget && isTimeOver(budget.milliseconds)

type Covered = Required<Pick<Planned<OperationDetail, OperationSeen>, 'proof' | 'coverage'>>

/** What proves a case, and what of the document it reaches on the way, over all attempts. */
const covered = (
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
      replay: async (testCase, world) => {
        const seen = await replayOperation(bounded(testCase), world)
        sent ??= seen.isCut === true ? seen.exchanges.length : Infinity
        isCut ||= seen.isCut === true
        return seen
      },
      judge: (testCase, seen) => {
        for (const index of reachedBy(testCase.detail, seen, indexed)) reached.add(index)
        return judgeOperation(testCase, seen)
      },
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

interface Catalogued {
  readonly spec: Spec
  readonly indexed: Indexed
  readonly digest: string
  readonly budget: Budget | undefined
}

/** What a budget asks of the plan. */
const budgeted = (
  budget: Budget | undefined,
): Pick<PlanSpecContext, 'budget' | 'isByTechnique'> => {
  if (budget === undefined) return {}
  return 'requests' in budget
    ? { isByTechnique: true, budget: Math.floor(budget.requests / (budget.specs ?? 1)) }
    : { isByTechnique: true }
}

const unbound = (file: string): UserError =>
  new UserError({
    problem: 'no integration names this document as its spec',
    place: { file, line: 1 },
    expected: `spec: '${file}' in an integration of the configuration`,
    fix: 'name it there, or move it out of specs/',
  })

const registerSpec = async (file: string, run: Run): Promise<void> => {
  const { root, config, options } = run.provided
  const integration = integrationOfSpec(file, config)
  if (integration === undefined) throw unbound(file)
  const spec = await readSpec({ root, file })
  const planned = planSpec(spec, {
    integration,
    credentials: run.credentials(integration),
    seed: options.seed,
    examples: options.examples,
    include: options.include,
    exclude: options.exclude,
    ...budgeted(options.budget),
    ...(options.url === undefined ? {} : { allowWrites: options.allowWrites }),
  })
  const indexed = catalogueOf(spec)
  const digest = await keepCatalogue(root, indexed.catalogue)
  const catalogued = { spec, indexed, digest, budget: options.budget }
  registerCases(
    file,
    planned.map((testCase) => ({ testCase, ...covered(testCase, catalogued) })),
    run,
  )
}

/**
 * Registers the operations of an OpenAPI document as tests. Called by the module that stands for the
 * document; a document that cannot be used is one red test that lists what is wrong with it.
 */
export const testSpec = async (file: string): Promise<void> => {
  const run = currentRun()
  try {
    await registerSpec(file, run)
  } catch (error) {
    registerCases(file, [problemCase('spec', file, error)], run)
  }
}
