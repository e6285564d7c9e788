import type { Exchange } from '../../model/http.ts'
import type { Testbed } from '../../testbed/testbed.ts'
import type { MessageProducers } from '../messages.ts'
import type { StateValues } from '../states.ts'
import { failureOf } from './failure-of.ts'
import { messageRequestOf, saidMessage, type SaidMessage } from './said-message.ts'

/** Has one message said. `body` is what Pact posts: description, provider states and request. */
export type SayMessage = (body: string) => Promise<SaidMessage>

/**
 * Has messages said by the producers of a module, which get the testbed.
 *
 * @example
 * const say = byProducers(producers, testbed, () => ({ orderId: 1 }))
 * await say('{"description":"an order was placed"}')
 */
export const byProducers =
  (
    producers: MessageProducers | undefined,
    testbed: Testbed,
    parameters: () => StateValues,
  ): SayMessage =>
  async (body) => {
    const { description, request } = JSON.parse(body) as Readonly<Record<string, unknown>>
    const name = String(description)
    const producer =
      producers !== undefined && Object.hasOwn(producers, name) ? producers[name] : undefined
    if (producer === undefined) throw new Error('it has no producer')
    return saidMessage(await producer(parameters(), testbed, messageRequestOf(request)))
  }

const shownMax = 500

/**
 * Has messages said by the provider itself, in Pact's own protocol. Pact would ask it directly, but
 * takes whatever comes for the message: a 404 without a body would pass where a contract expects no
 * contents.
 *
 * @example
 * const say = byProvider(new URL('/_pact/messages', providerUrl), signal, (exchange) => note(exchange))
 */
export const byProvider =
  (url: URL, signal: AbortSignal, onExchange: (exchange: Exchange) => void): SayMessage =>
  async (body) => {
    const request = {
      method: 'POST',
      url: url.href,
      headers: [['Content-Type', 'application/json'] as const],
      body: Buffer.from(body),
    }
    const start = performance.now()
    const { status, ok, headers, contents } = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
      signal,
    })
      .then(async (answer) => ({
        status: answer.status,
        ok: answer.ok,
        headers: answer.headers,
        contents: new Uint8Array(await answer.arrayBuffer()),
      }))
      .catch((error: unknown) => {
        onExchange({ request, failure: failureOf(error).message })
        throw error
      })
    const milliseconds = Math.round(performance.now() - start)
    onExchange({ request, answer: { status, headers: [...headers], body: contents, milliseconds } })
    if (!ok) {
      const words = Buffer.from(contents).toString('utf8').slice(0, shownMax)
      throw new Error(`POST ${url.pathname} answered ${status}: ${words}`)
    }
    return {
      contents,
      contentType: headers.get('content-type') ?? undefined,
      metadata: headers.get('pact-message-metadata') ?? undefined,
    }
  }
