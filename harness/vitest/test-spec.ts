import type { Proof } from '../attempt.ts'
import { judgeOperation } from '../spec/judge/judge-operation.ts'
import { planSpec } from '../spec/plan/plan-spec.ts'
import { readSpec } from '../spec/read/read-spec.ts'
import { replayOperation } from '../spec/replay/replay-operation.ts'
import type { OperationDetail, OperationSeen, Spec } from '../spec/types.ts'
import { UserError } from '../model/user-error.ts'
import { integrationOfSpec } from './integration-of.ts'
import { problemCase } from './problem.ts'
import { closed, registerCases, type Planned } from './register.ts'
import { currentRun, type Run } from './run.ts'
import { plannedStubs, stubsHeldTo } from './stub-cases.ts'

const proof: Proof<OperationDetail, OperationSeen> = {
  replay: replayOperation,
  judge: judgeOperation,
}

const unbound = (file: string): UserError =>
  new UserError({
    problem: 'no integration names this document as its spec',
    place: { file, line: 1 },
    expected: `spec: '${file}' in an integration of the configuration, or in a wiremock({ … }) of one`,
    fix: 'name it there, or move it out of specs/',
  })

const operationCases = (
  spec: Spec,
  integration: string | undefined,
  run: Run,
): readonly Planned<unknown, unknown>[] => {
  if (integration === undefined) return []
  const { options } = run.provided
  const planned = planSpec(spec, {
    integration,
    credentials: run.credentials(integration),
    seed: options.seed,
    examples: options.examples,
    include: options.include,
    exclude: options.exclude,
    ...(options.url === undefined ? {} : { allowWrites: options.allowWrites }),
  })
  return planned.map((testCase) => closed(testCase, proof))
}

const registerSpec = async (file: string, run: Run): Promise<void> => {
  const { root, config } = run.provided
  const integration = integrationOfSpec(file, config)
  const upstreams = stubsHeldTo(file, config)
  if (integration === undefined && upstreams.length === 0) throw unbound(file)
  const spec = await readSpec({ root, file })
  const operations = operationCases(spec, integration, run)
  const stubs = upstreams.length === 0 ? [] : await plannedStubs(spec, upstreams, file, run)
  registerCases(file, [...operations, ...stubs], run)
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
