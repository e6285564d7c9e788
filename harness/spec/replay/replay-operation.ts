import type { Credential } from '../../model/credential.ts'
import type { HeaderFields, HttpRequest } from '../../model/http.ts'
import type { TestCase } from '../../model/test-case.ts'
import { UserError } from '../../model/user-error.ts'
import { send } from '../../testbed/http/send.ts'
import type { World } from '../../testbed/world.ts'
import type { OperationDetail, OperationSeen, PlannedRequest } from '../types.ts'

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
const addressFor = (providerUrl: string, { target, basePath }: PlannedRequest): string => {
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

/**
 * Sends the planned requests of an operation, in their order, to the provider of one fresh testbed,
 * and notes each exchange in the journal. Throws `Blocked` where there is no testbed, or a request
 * cannot be sent at all.
 */
export const replayOperation = async (
  { detail }: TestCase<OperationDetail>,
  world: World,
): Promise<OperationSeen> => {
  await using testbed = await world.lease()
  const exchanges: OperationSeen['exchanges'][number][] = []
  for (const planned of detail.requests) {
    const request = completeRequest(planned, testbed.description.providerUrl, world.credentials)
    const exchange = await send(request, { timeoutMilliseconds, bytesMax, signal: world.signal })
    world.journal.note(
      `${detail.operation.method} ${detail.operation.path} (${planned.name})`,
      exchange,
    )
    exchanges.push({ planned, exchange })
    if (exchange.failure !== undefined || (exchange.answer?.status ?? 0) >= 500) testbed.markDirty()
  }
  return { exchanges }
}
