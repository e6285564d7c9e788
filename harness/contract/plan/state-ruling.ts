import { nearest } from '../../model/nearest.ts'
import type { Ruling } from '../../model/test-case.ts'
import type { Interaction, ProviderState } from '../contract.ts'
import type { ContractContext } from './context.ts'

const stub = (state: string): string =>
  [
    `  ${JSON.stringify(state)}: async (parameters, testbed) => {`,
    `    // make it true, e.g. await testbed.database().query('…')`,
    '  },',
  ].join('\n')

const unhandled = (state: ProviderState, context: ContractContext): Ruling => {
  const { handlers, statesFile, running } = context
  const name = JSON.stringify(state.name)
  if (running !== undefined) {
    return {
      verdict: 'not-asked',
      reason: `Nobody can set up the provider state ${name}.`,
      fix: '--states-url URL of an endpoint that sets up states in Pact’s own protocol',
    }
  }
  const meant = nearest(state.name, handlers ?? [])
  const hint = meant === undefined ? '' : ` The nearest is ${JSON.stringify(meant)}.`
  return {
    verdict: 'failed',
    reason:
      handlers === undefined
        ? `The provider state ${name} has no handler: the integration names no module of state handlers.`
        : `The provider state ${name} has no handler.${hint}`,
    fix: [
      handlers === undefined
        ? `set provider.states in the config, for example { module: '${statesFile ?? `fixtures/${context.integration}.states.ts`}' }, and in that module write:`
        : `add to ${statesFile ?? 'the module of state handlers'}:`,
      stub(state.name),
    ].join('\n'),
  }
}

/**
 * The ruling on an interaction one of whose provider states nobody sets up: red, with a handler to
 * paste.
 */
export const stateRuling = (
  { states }: Interaction,
  context: ContractContext,
): Ruling | undefined => {
  if (context.statesPath !== undefined) return undefined
  const missing = states.find(({ name }) => context.handlers?.includes(name) !== true)
  return missing === undefined ? undefined : unhandled(missing, context)
}
