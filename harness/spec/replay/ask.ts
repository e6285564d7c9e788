import { Agent } from 'node:http'
import { Agent as SecureAgent } from 'node:https'
import { setTimeout } from 'node:timers/promises'
import type { Credential } from '../../model/credential.ts'
import type { Exchange, HeaderFields, HttpRequest } from '../../model/http.ts'
import { UserError } from '../../model/user-error.ts'
import { send } from '../../testbed/http/send.ts'
import type { Testbed } from '../../testbed/testbed.ts'
import type { World } from '../../testbed/world.ts'
import { signed } from './signed.ts'
import type { Operation, PlannedRequest } from '../types.ts'

/** Bounds on one request. */
const timeoutMilliseconds = 10_000
const bytesMax = 5 * 1024 * 1024

const isHeader = (
  name: string,
): ((field: { readonly in: string; readonly name: string }) => boolean) => {
  const wanted = name.toLowerCase()
  return (field) => field.in === 'header' && field.name.toLowerCase() === wanted
}

const withQuery = (target: string, fields: Credential['fields']): string =>
  fields
    .filter((field) => field.in === 'query')
    .reduce((text, { name, value }) => {
      const [path = '', query = ''] = text.split('?', 2)
      const key = encodeURIComponent(name)
      const others = query.split('&').filter((pair) => pair !== '' && pair.split('=')[0] !== key)
      return `${path}?${[...others, `${key}=${encodeURIComponent(value)}`].join('&')}`
    }, target)

const withCookies = (headers: HeaderFields, fields: Credential['fields']): HeaderFields => {
  const cookies = fields.filter((field) => field.in === 'cookie')
  if (cookies.length === 0) return headers
  const names = new Set(cookies.map(({ name }) => name))
  const existing = headers
    .filter(([name]) => name.toLowerCase() === 'cookie')
    .flatMap(([, value]) => value.split('; '))
    .filter((pair) => !names.has(pair.split('=')[0] ?? ''))
  const all = [...existing, ...cookies.map(({ name, value }) => `${name}=${value}`)]
  return [
    ...headers.filter(([name]) => name.toLowerCase() !== 'cookie'),
    ['Cookie', all.join('; ')],
  ]
}

/** Whether an address ends with the base path already, as one from the command line may. */
export const addressFor = (providerUrl: string, { target, basePath }: PlannedRequest): string => {
  const address = providerUrl.replace(/\/+$/, '')
  const { pathname } = new URL(address)
  return basePath !== '' && pathname.endsWith(basePath)
    ? address + target.slice(basePath.length)
    : address + target
}

/** A planned request as it is sent: with the provider's address and the fields of its credentials. */
export const completeRequest = (
  planned: PlannedRequest,
  providerUrl: string,
  credentials: readonly Credential[],
): HttpRequest => {
  const fields = planned.credentials.flatMap((name) => {
    const credential = credentials.find((one) => one.name === name)
    if (credential === undefined) {
      throw new UserError({
        problem: `The plan asks for the credential "${name}", and the integration has none of that name.`,
      })
    }
    return credential.fields
  })
  const headerFields = fields.filter((field) => field.in === 'header')
  const headers: HeaderFields = [
    ...planned.headers.filter(([name]) => !headerFields.some(isHeader(name))),
    ...headerFields.map(({ name, value }) => [name, value] as const),
  ]
  const address = addressFor(providerUrl, planned)
  return {
    method: planned.method,
    url: withQuery(address, fields),
    headers: withCookies(headers, fields),
    ...(planned.body === undefined ? {} : { body: planned.body }),
  }
}

const agentFor = (providerUrl: string): Agent => {
  const options = { keepAlive: true, maxSockets: 1 }
  return providerUrl.startsWith('https:') ? new SecureAgent(options) : new Agent(options)
}

/** Whether a connection that was kept open had ended before the request was sent on it. */
const isStale = ({ answer, failure }: Exchange): boolean =>
  answer === undefined && failure !== undefined && failure.startsWith('the connection was closed')

/** Somebody who asks the provider of one testbed, over one connection. */
export interface Asker extends Disposable {
  ask(planned: PlannedRequest): Promise<Exchange>
}

/** Opens a connection to the provider of a testbed; each exchange is noted in the journal. */
export const openAsker = (testbed: Testbed, world: World, asked: Operation): Asker => {
  const { providerUrl } = testbed.description
  const agent = agentFor(providerUrl)
  return {
    ask: async (planned) => {
      const request = completeRequest(planned, providerUrl, world.credentials)
      const options = { timeoutMilliseconds, bytesMax, signal: world.signal }
      if (planned.after !== undefined)
        await setTimeout(planned.after, undefined, { signal: world.signal })
      const sign = () => signed(request, planned, { world, testbed })
      let last = await sign()
      const kept = await send(last.request, { ...options, agent })
      let exchange = kept
      if (isStale(kept)) {
        // A signature may be good for one time only.
        last = await sign()
        exchange = await send(last.request, options)
      }
      const { method, path } = planned.operation ?? asked
      const changes = last.changes === undefined ? '' : `; ${last.changes}`
      world.journal.note(`${method} ${path} (${planned.name})${changes}`, exchange)
      if (exchange.failure !== undefined || (exchange.answer?.status ?? 0) >= 500)
        testbed.markDirty()
      return exchange
    },
    [Symbol.dispose]: () => agent.destroy(),
  }
}
