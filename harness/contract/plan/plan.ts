import { caseId } from '../../model/case-id.ts'
import type { Ruling, TestCase } from '../../model/test-case.ts'
import type { Contract, Interaction, InteractionDetail } from '../contract.ts'
import { shownName } from '../shown-name.ts'
import type { ContractContext } from './context.ts'
import { messageRuling, stateRuling } from './unhandled.ts'

/** Safe methods of RFC 9110, 9.2.1. */
const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE'])

const rulingOf = (interaction: Interaction, context: ContractContext): Ruling | undefined => {
  const { plugin, kind, method = 'GET' } = interaction
  if (plugin !== undefined) {
    return {
      verdict: 'blocked',
      reason: `It needs the Pact plugin ${plugin.name}${plugin.version === undefined ? '' : ` ${plugin.version}`}, and Proofbook runs no plugins.`,
      fix: 'verify this interaction with Pact’s own verifier, or write it without the plugin',
    }
  }
  if (kind !== 'http')
    return messageRuling(interaction, context) ?? stateRuling(interaction, context)
  if (context.running?.allowWrites === false && !safeMethods.has(method)) {
    return {
      verdict: 'not-asked',
      reason: `${method} may change something in a provider that is not ours.`,
      fix: '--allow-writes',
    }
  }
  return stateRuling(interaction, context)
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
