import type { Exchange, HttpRequest } from '../../model/http.ts'
import type { TestCase } from '../../model/test-case.ts'
import type { World } from '../../testbed/world.ts'
import type { InteractionDetail } from '../contract.ts'
import { at, parsedJson } from '../json-text.ts'
import type { InteractionSeen } from '../seen.ts'
import type { StateValues } from '../states.ts'
import { logWindow } from './log-window.ts'
import { openLoopback } from './loopback.ts'
import {
  isFailed,
  pactTimeoutOf,
  stateTimeoutDefaultMilliseconds,
  timeoutDefaultMilliseconds,
  type ReplayOptions,
} from './options.ts'
import { recordedMessages } from './recorded-messages.ts'
import { recordedStates, statesRunner } from './run-states.ts'
import { byProducers, byProvider } from './say-message.ts'
import { sliceOf } from './slice.ts'
import { sharedVerifier } from './verifier.ts'

/** How the contract says that the message travels: a transport that nobody serves is not asked. */
const protocolOf = (source: string): string => {
  const transport: unknown = at(parsedJson(source).root, 'transport')?.value
  return typeof transport === 'string' && transport !== '' ? transport : 'message'
}

/**
 * Has Pact ask for one message, and the testbed's provider say it: through a module's producer or
 * at a path of the provider. It throws what `replayInteraction` throws.
 */
export const replayMessage = async (
  testCase: TestCase<InteractionDetail>,
  world: World,
  options: ReplayOptions,
): Promise<InteractionSeen> => {
  const { detail } = testCase
  const { interaction } = detail
  const { journal, signal } = world
  const verifier = options.verifier ?? sharedVerifier
  const timeoutMilliseconds = options.timeoutMilliseconds ?? timeoutDefaultMilliseconds
  const milliseconds = options.stateTimeoutMilliseconds ?? stateTimeoutDefaultMilliseconds
  verifier.warm()
  await using testbed = await world.lease()
  const { providerUrl } = testbed.description
  const states = recordedStates(statesRunner(options, testbed, signal), journal, {
    signal,
    milliseconds,
  })
  const printed = await logWindow(testbed)
  const parameters = (): StateValues => ({
    ...Object.assign({}, ...interaction.states.map((state) => state.parameters)),
    ...states.values(),
  })
  let request: HttpRequest | undefined
  const onExchange = (exchange: Exchange): void => {
    request = exchange.request
    journal.note('asked the provider', exchange)
  }
  const say =
    options.messagesPath === undefined
      ? byProducers(options.producers, testbed, parameters)
      : byProvider(new URL(options.messagesPath, `${providerUrl}/`), signal, onExchange)
  const messages = recordedMessages(say, journal, { signal, milliseconds: timeoutMilliseconds })
  await using loopback = await openLoopback(sliceOf(detail, interaction.source), {
    state: states.answer,
    message: messages.answer,
  })
  const verification = await verifier.verify(
    {
      provider: detail.provider,
      providerUrl: new URL(loopback.messagesUrl).origin,
      contractUrl: loopback.contractUrl,
      statesUrl: loopback.statesUrl,
      messages: { url: loopback.messagesUrl, protocol: protocolOf(interaction.source) },
      timeoutMilliseconds: pactTimeoutOf(timeoutMilliseconds, milliseconds),
    },
    signal,
  )
  const failed =
    isFailed(verification) || messages.runs.some(({ failure }) => failure !== undefined)
  if (failed) testbed.markDirty()
  return {
    verification,
    states: states.runs,
    messages: messages.runs,
    ...(request === undefined ? {} : { request }),
    timeoutMilliseconds,
    ...(failed ? { log: await printed() } : {}),
  }
}
