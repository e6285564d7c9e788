import type { Exchange, HttpRequest } from '../../model/http.ts'
import type { TestCase } from '../../model/test-case.ts'
import type { World } from '../../testbed/world.ts'
import type { InteractionDetail } from '../contract.ts'
import type { InteractionSeen } from '../seen.ts'
import type { StateHandlers } from '../states.ts'
import { answerLimit } from './answer-limit.ts'
import { credentialFor } from './choose-credential.ts'
import { logWindow } from './log-window.ts'
import { openLoopback } from './loopback.ts'
import {
  isFailed,
  pactTimeoutOf,
  stateTimeoutDefaultMilliseconds,
  timeoutDefaultMilliseconds,
  type ReplayOptions,
} from './options.ts'
import { openRecorder } from './recorder.ts'
import { replayMessage } from './replay-message.ts'
import { requestOf } from './request.ts'
import { rewriteCredential } from './rewrite-credential.ts'
import { recordedStates, statesRunner } from './run-states.ts'
import { sliceOf } from './slice.ts'
import { sharedVerifier } from './verifier.ts'

const ofTheConnection = /^(host|connection|content-length|transfer-encoding)$/i

/** The request on the wire without what only its connection needed. */
const asSent = (exchange: Exchange | undefined): HttpRequest | undefined =>
  exchange && {
    ...exchange.request,
    headers: exchange.request.headers.filter(([name]) => !ofTheConnection.test(name)),
  }

/** The interaction's text with its recorded credential replaced, and a line about it. */
const withCredential = (
  testCase: TestCase<InteractionDetail>,
  world: World,
  handlers: StateHandlers | undefined,
): string => {
  const { interaction } = testCase.detail
  const credential = credentialFor(interaction, handlers, world.credentials)
  if (credential === undefined) return interaction.source
  const { source, replaced } = rewriteCredential(interaction.source, credential)
  if (replaced.length > 0) {
    world.journal.note(
      `${replaced.join(', ')}: the recorded value replaced by "${credential.name}"`,
    )
  }
  return source
}

/**
 * Has Pact ask a testbed's provider for one interaction, a request or a message.
 *
 * Throws `Blocked` where no testbed can be made, a `UserError` where a state handler names a
 * credential that is not there, and the signal's reason when the case's time is over. All else,
 * also a crash of the native library, is in what is returned.
 *
 * @example
 * const seen = await replayInteraction(testCase, world, { handlers })
 * const judgement = judgeInteraction(testCase, seen)
 */
export const replayInteraction = async (
  testCase: TestCase<InteractionDetail>,
  world: World,
  options: ReplayOptions = {},
): Promise<InteractionSeen> => {
  const { detail } = testCase
  if (detail.interaction.kind !== 'http') return replayMessage(testCase, world, options)
  const { journal, signal } = world
  const verifier = options.verifier ?? sharedVerifier
  const timeoutMilliseconds = options.timeoutMilliseconds ?? timeoutDefaultMilliseconds
  const source = withCredential(testCase, world, options.handlers)
  verifier.warm()
  await using testbed = await world.lease()
  const { providerUrl } = testbed.description
  await testbed.visit?.turn()
  const printed = await logWindow(testbed)
  await using recorder = await (options.openRecorder ?? openRecorder)(providerUrl)
  const limit = answerLimit(timeoutMilliseconds, () => recorder.cut())
  const milliseconds = options.stateTimeoutMilliseconds ?? stateTimeoutDefaultMilliseconds
  const states = recordedStates(statesRunner(options, testbed, signal), journal, {
    signal,
    milliseconds,
    limit,
  })
  await using loopback = await openLoopback(sliceOf(detail, source), { state: states.answer })
  const verification = await verifier.verify(
    {
      provider: detail.provider,
      providerUrl: recorder.url,
      contractUrl: loopback.contractUrl,
      statesUrl: loopback.statesUrl,
      timeoutMilliseconds: pactTimeoutOf(timeoutMilliseconds, milliseconds),
    },
    signal,
  )
  limit.end()
  const exchanges = await recorder.finish({ since: states.setUpAt(), timeoutMilliseconds })
  for (const exchange of exchanges ?? []) {
    journal.note('asked the provider', exchange)
    await testbed.visit?.told({
      ...(exchange.answer === undefined ? {} : { status: exchange.answer.status }),
      ...(exchange.failure === undefined ? {} : { failure: exchange.failure }),
    })
  }
  const seen: InteractionSeen = {
    verification,
    states: states.runs,
    ...(exchanges === undefined ? {} : { exchanges }),
    request: asSent(exchanges?.[0]) ?? requestOf(source, detail.specification === '4', providerUrl),
    timeoutMilliseconds,
    isLate: limit.isOver(),
  }
  if (!isFailed(verification)) return seen
  testbed.markDirty()
  return { ...seen, log: await printed() }
}
