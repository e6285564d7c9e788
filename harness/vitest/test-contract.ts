import type { Proof } from '../attempt.ts'
import { digestOf } from '../broker/merged-verdicts.ts'
import type { Contract, InteractionDetail } from '../contract/contract.ts'
import { judgeInteraction } from '../contract/judge/judge.ts'
import { messageProducersOf } from '../contract/messages.ts'
import { planContract } from '../contract/plan/plan.ts'
import { contractBytes } from '../contract/read/contract-bytes.ts'
import { readContract } from '../contract/read/read.ts'
import type { ReplayOptions } from '../contract/replay/options.ts'
import { replayInteraction } from '../contract/replay/replay.ts'
import type { InteractionSeen } from '../contract/seen.ts'
import { stateHandlersOf } from '../contract/states.ts'
import type { CrossChecked } from './cross-check.ts'
import { exportsOf, type ImportedModule } from './imported-module.ts'
import { integrationOfRead } from './integration-of.ts'
import { problemCase } from './problem.ts'
import { closed, registerCases } from './register.ts'
import { currentRun, type Run } from './run.ts'

/** The modules that the interactions of a contract need. */
export interface ContractModules {
  readonly states?: ImportedModule
  readonly messages?: ImportedModule
}

const pathOf = (
  named: { readonly module: string } | { readonly path: string } | undefined,
): string | undefined => (named !== undefined && 'path' in named ? named.path : undefined)

/** What interactions of one integration are replayed with. */
const optionsOf = (
  integration: string,
  { states, messages }: ContractModules,
  { provided }: Run,
): ReplayOptions => {
  const provider = provided.config.integrations[integration]?.provider
  return {
    handlers:
      states &&
      stateHandlersOf(states.file, exportsOf(states, 'state handlers', 'provider.states.module')),
    statesPath: provided.options.statesUrl ?? pathOf(provider?.states),
    producers:
      messages &&
      messageProducersOf(
        messages.file,
        exportsOf(messages, 'message producers', 'provider.messages.module'),
      ),
    messagesPath: pathOf(provider?.messages),
  }
}

/** Holds a contract to the spec of its integration. Who has none does not load what reads specs. */
const heldToSpec = async (
  contract: Contract,
  integration: string,
  run: Run,
): Promise<CrossChecked> => {
  const file = run.provided.config.integrations[integration]?.spec
  if (file === undefined) return { planned: [], explain: (judgement) => judgement }
  const { crossChecked } = await import('./cross-check.ts')
  return crossChecked(contract, { integration, file, run })
}

const registerContract = async (
  file: string,
  modules: ContractModules,
  run: Run,
): Promise<void> => {
  const { root, config, options, pending } = run.provided
  const bytes = await contractBytes(root, file)
  const contract = readContract(file, bytes)
  const excuse = pending.includes(file) ? { pending: true as const } : {}
  const about = { contract: { file, digest: digestOf(bytes) }, ...excuse }
  const integration = integrationOfRead(contract, config)
  const replay = optionsOf(integration, modules, run)
  const planned = planContract(contract, {
    integration,
    handlers: replay.handlers && Object.keys(replay.handlers),
    statesPath: replay.statesPath,
    statesFile: modules.states?.file,
    producers: replay.producers && Object.keys(replay.producers),
    messagesPath: replay.messagesPath,
    messagesFile: modules.messages?.file,
    running: options.url === undefined ? undefined : { allowWrites: options.allowWrites },
  })
  const { planned: checks, explain } = await heldToSpec(contract, integration, run)
  const proof: Proof<InteractionDetail, InteractionSeen> = {
    replay: (testCase, world) => replayInteraction(testCase, world, replay),
    judge: (testCase, seen) => explain(judgeInteraction(testCase, seen), testCase.detail),
  }
  registerCases(
    file,
    [
      ...checks.map((one) => ({ ...one, about: excuse })),
      ...planned.map((testCase) => ({ ...closed(testCase, proof), about })),
    ],
    run,
  )
}

/**
 * Registers the interactions of a contract as tests. Called by the module that stands for the
 * contract; a contract that cannot be used is one red test that says why.
 */
export const testContract = async (file: string, modules: ContractModules): Promise<void> => {
  const run = currentRun()
  try {
    await registerContract(file, modules, run)
  } catch (error) {
    registerCases(file, [problemCase('contract', file, error)], run)
  }
}
