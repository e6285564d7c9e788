import { planSpec } from '../spec/plan/plan-spec.ts'
import { readSpec } from '../spec/read/read-spec.ts'
import { UserError } from '../model/user-error.ts'
import { integrationOfSpec } from './integration-of.ts'
import { operationProof as proof } from './prove-operation.ts'
import { problemCase } from './problem.ts'
import { registerCases } from './register.ts'
import { currentRun, type Run } from './run.ts'

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
    ...(options.url === undefined ? {} : { allowWrites: options.allowWrites }),
  })
  registerCases(
    file,
    planned.map((testCase) => ({ testCase, proof })),
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
