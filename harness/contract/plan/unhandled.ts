import { nearest } from '../../model/nearest.ts'
import type { Ruling } from '../../model/test-case.ts'
import type { Interaction } from '../contract.ts'
import type { ContractContext } from './context.ts'

/** What nobody handles, in the words of its kind. */
interface Unhandled {
  /** `provider state`, `message`. */
  readonly what: string
  readonly name: string
  /** `handler`, `producer`. */
  readonly handler: string
  /** `state handlers`, `message producers`. */
  readonly handlers: string
  /** The names that the module has; absent: there is no module. */
  readonly known: readonly string[] | undefined
  /** The module, as the config names it. */
  readonly file: string | undefined
  /** The key of the config under `provider`. */
  readonly key: 'states' | 'messages'
  /** Lines to paste. */
  readonly stub: readonly string[]
  /** What becomes of it where the provider runs already, and how it could be asked there. */
  readonly ofRunning: { readonly reason: string; readonly fix: string }
}

/** The ruling on what nobody handles: red, with lines to paste. */
const unhandled = (one: Unhandled, { running, integration }: ContractContext): Ruling => {
  if (running !== undefined) return { verdict: 'not-asked', ...one.ofRunning }
  const { what, handler, handlers, known, key, stub } = one
  const meant = nearest(one.name, known ?? [])
  const hint = meant === undefined ? '' : ` The nearest is ${JSON.stringify(meant)}.`
  const file = one.file ?? `fixtures/${integration}.${key}.ts`
  const has = `The ${what} ${JSON.stringify(one.name)} has no ${handler}`
  return {
    verdict: 'failed',
    reason:
      known === undefined
        ? `${has}: the integration names no module of ${handlers}.`
        : `${has}.${hint}`,
    fix: [
      known === undefined
        ? `set provider.${key} in the config, for example { module: '${file}' }, and in that module write:`
        : `add to ${one.file ?? `the module of ${handlers}`}:`,
      ...stub,
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
  if (missing === undefined) return undefined
  const { name } = missing
  return unhandled(
    {
      what: 'provider state',
      name,
      handler: 'handler',
      handlers: 'state handlers',
      known: context.handlers,
      file: context.statesFile,
      key: 'states',
      stub: [
        `  ${JSON.stringify(name)}: async (parameters, testbed) => {`,
        `    // make it true, e.g. await testbed.database().query('…')`,
        '  },',
      ],
      ofRunning: {
        reason: `Nobody can set up the provider state ${JSON.stringify(name)}.`,
        fix: '--states-url URL of an endpoint that sets up states in Pact’s own protocol',
      },
    },
    context,
  )
}

/**
 * The ruling on a message that cannot be replayed: one that nobody produces is red, with a producer
 * to paste; one with several answers is beyond Pact's verifier, which asks for one (pact-core 20.2).
 */
export const messageRuling = (
  { kind, answers, description: name }: Interaction,
  context: ContractContext,
): Ruling | undefined => {
  if (kind === 'synchronous-message' && answers !== 1) {
    return {
      verdict: 'blocked',
      reason: `It expects ${answers ?? 0} answers to one message, and Pact's verifier takes exactly one.`,
      fix: 'write one interaction for each answer',
    }
  }
  if (context.messagesPath !== undefined) return undefined
  if (context.producers?.includes(name) === true) return undefined
  const parameters =
    kind === 'synchronous-message' ? 'parameters, testbed, request' : 'parameters, testbed'
  return unhandled(
    {
      what: 'message',
      name,
      handler: 'producer',
      handlers: 'message producers',
      known: context.producers,
      file: context.messagesFile,
      key: 'messages',
      stub: [
        `  ${JSON.stringify(name)}: async (${parameters}) => {`,
        '    // have the provider say it, then return what it said, e.g. the row of its outbox',
        '    return { contents: {} }',
        '  },',
      ],
      ofRunning: {
        reason: `Nobody can have the message ${JSON.stringify(name)} produced by a provider that is only named by its URL.`,
        fix: 'set provider.messages in proofbook.config.ts, and verify without --url',
      },
    },
    context,
  )
}
