import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Proof } from '../attempt.ts'
import type { ValidConfig } from '../config/schema.ts'
import type { Contract, InteractionDetail } from '../contract/contract.ts'
import { judgeInteraction } from '../contract/judge/judge.ts'
import { planContract } from '../contract/plan.ts'
import { readContract } from '../contract/read/read.ts'
import { replayInteraction } from '../contract/replay/replay.ts'
import type { InteractionSeen } from '../contract/seen.ts'
import type { StateHandlers } from '../contract/states.ts'
import { nearest } from '../model/nearest.ts'
import { UserError } from '../model/user-error.ts'
import { integrationOfProvider } from './integration-of.ts'
import { problemCase } from './problem.ts'
import { registerCases } from './register.ts'
import { currentRun, type Run } from './run.ts'
import { loadedHandlers, type StatesModule } from './states-module.ts'

const unknownProvider = (
  { file, provider }: Contract,
  { integrations }: ValidConfig,
): UserError => {
  const known = Object.entries(integrations).map(([key, { provider: own }]) => own.name ?? key)
  const meant = nearest(provider, known)
  return new UserError({
    problem: `no integration has a provider called "${provider}"`,
    place: { file, line: 1, pointer: '/provider/name' },
    expected:
      known.length === 0 ? 'an integration in the configuration' : `one of ${known.join(', ')}`,
    fix:
      meant === undefined
        ? `add an integration with provider: { name: '${provider}' } to the configuration`
        : `name the provider "${meant}" here, or set provider.name in the configuration`,
  })
}

const statesPathOf = (integration: string, { provided }: Run): string | undefined => {
  const states = provided.config.integrations[integration]?.provider.states
  return (
    provided.options.statesUrl ??
    (states !== undefined && 'path' in states ? states.path : undefined)
  )
}

/** How interactions of this run are put to a provider. */
const proofOf = (
  handlers: StateHandlers | undefined,
  statesPath: string | undefined,
): Proof<InteractionDetail, InteractionSeen> => ({
  replay: (testCase, world) => replayInteraction(testCase, world, { handlers, statesPath }),
  judge: judgeInteraction,
})

const registerContract = async (
  file: string,
  states: StatesModule | undefined,
  run: Run,
): Promise<void> => {
  const { root, config, options } = run.provided
  const contract = readContract(file, await readFile(join(root, file)))
  const integration = integrationOfProvider(contract.provider, config)
  if (integration === undefined) throw unknownProvider(contract, config)
  const handlers = states === undefined ? undefined : loadedHandlers(states)
  const statesPath = statesPathOf(integration, run)
  const planned = planContract(contract, {
    integration,
    handlers: handlers === undefined ? undefined : Object.keys(handlers),
    statesPath,
    statesFile: states?.file,
    running: options.url === undefined ? undefined : { allowWrites: options.allowWrites },
  })
  const proof = proofOf(handlers, statesPath)
  registerCases(
    file,
    planned.map((testCase) => ({ testCase, proof })),
    run,
  )
}

/**
 * Registers the interactions of a contract as tests. Called by the module that stands for the
 * contract; a contract that cannot be used is one red test that says why.
 */
export const testContract = async (file: string, states?: StatesModule): Promise<void> => {
  const run = currentRun()
  try {
    await registerContract(file, states, run)
  } catch (error) {
    registerCases(file, [problemCase('contract', file, error)], run)
  }
}
