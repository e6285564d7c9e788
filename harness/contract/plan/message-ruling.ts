import { nearest } from '../../model/nearest.ts'
import type { Ruling } from '../../model/test-case.ts'
import type { Interaction } from '../contract.ts'
import type { ContractContext } from './context.ts'

const stub = ({ description, kind }: Interaction): string =>
  [
    kind === 'synchronous-message'
      ? `  ${JSON.stringify(description)}: async (testbed, parameters, request) => {`
      : `  ${JSON.stringify(description)}: async (testbed, parameters) => {`,
    '    // have the provider say it, then return what it said, e.g. the row of its outbox',
    '    return { contents: {} }',
    '  },',
  ].join('\n')

const unproduced = (interaction: Interaction, context: ContractContext): Ruling => {
  const { producers, messagesFile, running, integration } = context
  const name = JSON.stringify(interaction.description)
  if (running !== undefined) {
    return {
      verdict: 'not-asked',
      reason: `Nobody can have the message ${name} produced by a provider that is only named by its URL.`,
      fix: 'set provider.messages in proofbook.config.ts, and verify without --url',
    }
  }
  const meant = nearest(interaction.description, producers ?? [])
  const hint = meant === undefined ? '' : ` The nearest is ${JSON.stringify(meant)}.`
  return {
    verdict: 'failed',
    reason:
      producers === undefined
        ? `The message ${name} has no producer: the integration names no module of message producers.`
        : `The message ${name} has no producer.${hint}`,
    fix: [
      producers === undefined
        ? `set provider.messages in the config, for example { module: 'fixtures/${integration}.messages.ts' }, and in that module write:`
        : `add to ${messagesFile ?? 'the module of message producers'}:`,
      stub(interaction),
    ].join('\n'),
  }
}

/**
 * The ruling on a message that cannot be replayed: one that nobody produces is red, with a producer
 * to paste; one with several answers is beyond Pact's verifier, which asks for one (pact-core 20.2).
 */
export const messageRuling = (
  interaction: Interaction,
  context: ContractContext,
): Ruling | undefined => {
  const { kind, answers, description } = interaction
  if (kind === 'synchronous-message' && answers !== 1) {
    return {
      verdict: 'blocked',
      reason: `It expects ${answers ?? 0} answers to one message, and Pact's verifier takes exactly one.`,
      fix: 'write one interaction for each answer',
    }
  }
  if (context.messagesPath !== undefined) return undefined
  return context.producers?.includes(description) === true
    ? undefined
    : unproduced(interaction, context)
}
