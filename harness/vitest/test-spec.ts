import { catalogueOf } from '../spec/coverage/catalogue.ts'
import { planSpec, type PlanSpecContext } from '../spec/plan/plan-spec.ts'
import { readSpec } from '../spec/read/read-spec.ts'
import { UserError } from '../model/user-error.ts'
import type { Spec } from '../spec/types.ts'
import { signerOf } from '../testbed/before-request.ts'
import { exportsOf, type ImportedModule } from './imported-module.ts'
import { integrationOfSpec } from './integration-of.ts'
import { takeUp } from './known.ts'
import { problemCase } from './problem.ts'
import type { Budget } from './budget.ts'
import { keepCatalogue } from './catalogue-file.ts'
import { covered } from './covered.ts'
import { closed, registerCases, type Planned } from './register.ts'
import { currentRun, type Run } from './run.ts'
import { plannedStubs, stubsHeldTo } from './stub-cases.ts'

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
    expected: `spec: '${file}' in an integration of the configuration, or in a wiremock({ … }) of one`,
    fix: 'name it there, or move it out of specs/',
  })

const operationCases = async (
  spec: Spec,
  integration: string | undefined,
  run: Run,
): Promise<readonly Planned<unknown, unknown>[]> => {
  if (integration === undefined) return []
  const { options } = run.provided
  const context = {
    integration,
    credentials: run.credentials(integration),
    seed: options.seed,
    examples: options.examples,
    include: options.include,
    exclude: options.exclude,
    ...(options.url === undefined ? {} : { allowWrites: options.allowWrites }),
  }
  const planned = planSpec(spec, { ...context, ...budgeted(options.budget) })
  const known = takeUp(run.provided.known, spec, context)
  const indexed = catalogueOf(spec)
  const digest = await keepCatalogue(run.provided.root, indexed.catalogue)
  const catalogued = { spec, indexed, digest, budget: options.budget }
  // What is known is looked for first: only what shows again excuses anything.
  return [
    ...known.cases,
    ...planned.map((testCase) => {
      const { proof, coverage } = covered(testCase, catalogued)
      return { ...closed(testCase, { ...proof, accepted: known.accepted }), coverage }
    }),
  ]
}

/** The modules that the operations of a spec need. */
export interface SpecModules {
  readonly beforeRequest?: ImportedModule
}

const expectedOfSigner =
  'a module whose default export is (request, { credential }) => headers to put in'

const registerSpec = async (
  file: string,
  { beforeRequest }: SpecModules,
  run: Run,
): Promise<void> => {
  const { root, config } = run.provided
  const integration = integrationOfSpec(file, config)
  const upstreams = stubsHeldTo(file, config)
  if (integration === undefined && upstreams.length === 0) throw unbound(file)
  const spec = await readSpec({ root, file })
  if (integration !== undefined && beforeRequest !== undefined) {
    const key = 'provider.beforeRequest'
    const exports = exportsOf(beforeRequest, 'beforeRequest', key, expectedOfSigner)
    run.signBy(integration, signerOf(beforeRequest.file, exports))
  }
  const operations = await operationCases(spec, integration, run)
  const stubs = upstreams.length === 0 ? [] : await plannedStubs(spec, upstreams, file, run)
  registerCases(file, [...operations, ...stubs], run)
}

/**
 * Registers the operations of an OpenAPI document as tests. Called by the module that stands for the
 * document; a document that cannot be used is one red test that lists what is wrong with it.
 */
export const testSpec = async (file: string, modules: SpecModules = {}): Promise<void> => {
  const run = currentRun()
  try {
    await registerSpec(file, modules, run)
  } catch (error) {
    registerCases(file, [problemCase('spec', file, error)], run)
  }
}
