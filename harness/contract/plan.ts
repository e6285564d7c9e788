import { caseId } from '../model/case-id.ts'
import { nearest } from '../model/nearest.ts'
import type { Ruling, TestCase } from '../model/test-case.ts'
import type { Contract, Interaction, InteractionDetail, ProviderState } from './contract.ts'

/** What a plan for a contract needs to know of its integration. */
export interface ContractContext {
  /** The key of the integration in the config. */
  readonly integration: string
  /** Names of the states that the module of state handlers handles; absent: there is no module. */
  readonly handlers?: readonly string[] | undefined
  /** A path on the provider that sets up states in Pact's own protocol, or a URL of it. */
  readonly statesPath?: string | undefined
  /** The module of state handlers, for the fix. */
  readonly statesFile?: string | undefined
  /** Given where the provider runs already and is only named by its URL. */
  readonly running?: { readonly allowWrites: boolean } | undefined
}

/** Safe methods of RFC 9110, 9.2.1. */
const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE'])

/** Names come from outside and end up in terminals: one line, no control characters, bounded. */
const shownName = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .slice(0, 200)

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

const rulingOf = (interaction: Interaction, context: ContractContext): Ruling | undefined => {
  const { plugin, kind, states, method = 'GET' } = interaction
  if (plugin !== undefined) {
    return {
      verdict: 'blocked',
      reason: `It needs the Pact plugin ${plugin.name}${plugin.version === undefined ? '' : ` ${plugin.version}`}, and Proofbook runs no plugins.`,
      fix: 'verify this interaction with Pact’s own verifier, or write it without the plugin',
    }
  }
  if (kind !== 'http') {
    return {
      verdict: 'blocked',
      reason: 'It is a message, and Proofbook cannot replay messages yet.',
      fix: 'verify it with Pact’s own verifier until then',
    }
  }
  if (context.running?.allowWrites === false && !safeMethods.has(method)) {
    return {
      verdict: 'not-asked',
      reason: `${method} may change something in a provider that is not ours.`,
      fix: '--allow-writes',
    }
  }
  if (context.statesPath !== undefined) return undefined
  const missing = states.find(({ name }) => context.handlers?.includes(name) !== true)
  return missing === undefined ? undefined : unhandled(missing, context)
}

const nameOf = ({ description, states }: Interaction): string => {
  const given = states.map(({ name }) => shownName(name)).join(' and ')
  const name = shownName(description)
  return given === '' ? name : `${name} given ${given}`
}

/**
 * The cases of a contract: one for each interaction, in the order of the file, those of the same
 * name told apart by `#2`, `#3`. What cannot be asked has a ruling already.
 *
 * @example
 * planContract(contract, { integration: 'orders', handlers: ['order 1 exists'] })[0]?.name
 * // 'a request for order 1 given order 1 exists'
 */
export const planContract = (
  contract: Contract,
  context: ContractContext,
): readonly TestCase<InteractionDetail>[] => {
  const { consumer, provider, specification, head } = contract
  const seen = new Map<string, number>()
  return contract.interactions.map((interaction) => {
    const name = nameOf(interaction)
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    const ruling = rulingOf(interaction, context)
    return {
      id: caseId(context.integration, consumer, provider, name, String(count)),
      kind: 'interaction',
      integration: context.integration,
      group: [`${shownName(consumer)} to ${shownName(provider)}`],
      name: count === 1 ? name : `${name} #${count}`,
      place: interaction.place,
      detail: { consumer, provider, specification, interaction, head },
      ...(ruling === undefined ? {} : { ruling }),
    }
  })
}
