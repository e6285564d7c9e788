import { setTimeout as sleep } from 'node:timers/promises'
import type { Dispatcher } from 'undici'
import { maskOf } from '../model/mask.ts'
import type { UserErrorParts } from '../model/user-error.ts'
import { BrokerError } from './broker-error.ts'
import { dispatcherFor } from './dispatcher.ts'
import { exchange, TooLarge, type BrokerAnswer, type BrokerRequest } from './exchange.ts'
import type { Resource } from './hal.ts'
import { networkProblem } from './network-problem.ts'
import { redirected } from './redirect.ts'
import { refusal } from './refusal.ts'
import type { BrokerSettings } from './settings.ts'

/** What a write may say besides its body. */
interface SendOptions {
  /**
   * Asked before the same is sent once more, for a write that must not be done twice: an answer that
   * got lost does not mean that the request did.
   */
  readonly taken?: () => Promise<Resource | undefined>
}

/** A Pact Broker that is talked to. */
export interface Broker extends AsyncDisposable {
  readonly url: string
  /** Hides the secrets of the broker's credentials. */
  readonly mask: (text: string) => string
  /** The resource from which all links start. */
  readonly index: () => Promise<Resource>
  readonly get: (url: string) => Promise<Resource>
  /** The same, and `undefined` where there is none (404). */
  readonly find: (url: string) => Promise<Resource | undefined>
  readonly send: (
    method: 'POST' | 'PUT',
    url: string,
    body: unknown,
    options?: SendOptions,
  ) => Promise<Resource>
}

/** The largest answer that is read: contracts are the largest. */
const bytesMax = 50 * 1024 * 1024
const redirectsMax = 5
const firstPause = 200
const longestPause = 5000
/** One try gets a part of the whole time, so that a server that hangs is asked again. */
const triesAtLeast = 3

const isRetried = (status: number): boolean => status >= 500 || status === 429

const parsed = (url: string, { status, text, header }: BrokerAnswer): Resource => {
  if (text.trim() === '') return { url, status, value: undefined, text }
  try {
    return { url, status, text, value: JSON.parse(text) }
  } catch {
    const type = header('content-type') ?? 'without a media type'
    throw new BrokerError(
      {
        problem: `the broker's answer of ${url} is no JSON (${type}), or was cut off: ${JSON.stringify(text.slice(0, 60))}`,
        expected: 'an answer of a Pact Broker: application/hal+json',
        fix: 'check the address of the broker, and what stands in front of it',
      },
      { refused: false, status },
    )
  }
}

/**
 * Opens a line to a broker. Each request has all its tries within the bound of the settings: 5xx, 429,
 * broken connections and time-outs are tried again, with pauses that grow. Redirects are followed,
 * but never with credentials to another origin. Every message is masked.
 *
 * All methods throw a `BrokerError`.
 *
 * @example
 * await using broker = openBroker(brokerSettings(undefined, process.env, root))
 * const index = await broker.index()
 */
export const openBroker = (settings: BrokerSettings): Broker => {
  const { url: base, authorization, secrets, withinMilliseconds } = settings
  const dispatcher: Dispatcher = dispatcherFor(settings)
  const mask = maskOf(secrets)
  const origin = new URL(base).origin

  const masked = (error: BrokerError): BrokerError => {
    const parts = Object.fromEntries(
      Object.entries(error.parts).map(([key, part]) => [
        key,
        typeof part === 'string' ? mask(part) : part,
      ]),
    ) as unknown as UserErrorParts
    return new BrokerError(parts, {
      refused: error.refused,
      ...(error.status === undefined ? {} : { status: error.status }),
    })
  }

  const inside = (url: string): void => {
    if (new URL(url).origin === origin) return
    throw new BrokerError(
      {
        problem: `the broker leads to another place: ${url}`,
        expected: `addresses below ${origin}; credentials go nowhere else`,
        fix: 'say the address by which the broker knows itself (its PACT_BROKER_BASE_URL), or mend that',
      },
      { refused: false },
    )
  }

  const once = async (asked: BrokerRequest, redirects = 0): Promise<[string, BrokerAnswer]> => {
    inside(asked.url)
    const answer = await exchange(asked, dispatcher)
    const target = redirected(asked, answer)
    if (target === undefined) return [asked.url, answer]
    if (redirects === redirectsMax)
      throw new BrokerError(
        { problem: `the broker redirects more than ${redirectsMax} times, last to ${target}` },
        { refused: false },
      )
    return once({ ...asked, url: target }, redirects + 1)
  }

  const overTime = (method: string, url: string, last: string): BrokerError =>
    new BrokerError(
      {
        problem: `the broker did not do ${method} ${url} within ${withinMilliseconds / 1000} s; last: ${last}`,
        fix: 'try again when it is well; broker.within in the configuration gives it more time',
      },
      { refused: false },
    )

  const attempt = async (asked: BrokerRequest): Promise<Resource | string> => {
    try {
      const [url, answer] = await once(asked)
      if (isRetried(answer.status)) return refusal(asked.method, url, answer).parts.problem
      if (answer.status >= 400) throw refusal(asked.method, url, answer)
      return parsed(url, answer)
    } catch (error) {
      if (error instanceof BrokerError) throw error
      if (error instanceof TooLarge)
        throw new BrokerError(
          {
            problem: `the broker's answer of ${asked.url} is larger than ${bytesMax / 1024 / 1024} MB`,
          },
          { refused: false },
        )
      const { words, again, fix } = networkProblem(error)
      if (again) return words
      throw new BrokerError(
        {
          problem: `the broker cannot be asked ${asked.method} ${asked.url}: ${words}`,
          ...(fix === undefined ? {} : { fix }),
        },
        { refused: false },
      )
    }
  }

  const ask = async (
    method: BrokerRequest['method'],
    url: string,
    body?: unknown,
    { taken }: SendOptions = {},
  ): Promise<Resource> => {
    const end = performance.now() + withinMilliseconds
    const headers = {
      accept: 'application/hal+json, application/json;q=0.9',
      'user-agent': 'proofbook',
      ...(authorization === undefined ? {} : { authorization }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    }
    for (let pause = firstPause; ; pause = Math.min(pause * 2, longestPause)) {
      const milliseconds = Math.max(
        1,
        Math.min(withinMilliseconds / triesAtLeast, end - performance.now()),
      )
      const result = await attempt({
        method,
        url,
        headers,
        bytesMax,
        milliseconds,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      if (typeof result !== 'string') return result
      if (performance.now() + pause >= end) throw overTime(method, url, result)
      await sleep(pause)
      const already = await taken?.()
      if (already !== undefined) return already
    }
  }

  const safely = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work()
    } catch (error) {
      throw error instanceof BrokerError ? masked(error) : error
    }
  }

  const get: Broker['get'] = (url) => safely(() => ask('GET', url))

  return {
    url: base,
    mask,
    index: () => get(base),
    get,
    find: (url) =>
      get(url).catch((error: unknown) => {
        if (error instanceof BrokerError && error.status === 404) return undefined
        throw error
      }),
    send: (method, url, body, options) => safely(() => ask(method, url, body, options)),
    [Symbol.asyncDispose]: () => dispatcher.destroy(),
  }
}
