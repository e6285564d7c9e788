import { z } from 'zod'
import { BrokerError } from './broker-error.ts'
import type { BrokerAnswer } from './exchange.ts'

const body = z.looseObject({
  error: z.unknown().optional(),
  errors: z.unknown().optional(),
  notices: z.array(z.looseObject({ type: z.string(), text: z.string() })).optional(),
})

const textLengthMax = 2000

/** All texts of a value that may be nested in lists and objects, with the keys that lead to them. */
const textsOf = (value: unknown, path = ''): readonly string[] => {
  if (typeof value === 'string') return [path === '' ? value : `${path}: ${value}`]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    textsOf(inner, Array.isArray(value) ? path : path === '' ? key : `${path}.${key}`),
  )
}

/** What a broker says of an error, in its own words; empty where it says nothing that can be read. */
const brokersWords = (text: string): string => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return ''
  }
  const parsed = body.safeParse(value)
  if (!parsed.success) return ''
  const { error, errors, notices = [] } = parsed.data
  const said = notices
    .filter(({ type }) => ['error', 'warning', 'danger', 'info'].includes(type))
    .map((notice) => notice.text)
  const words = said.length > 0 ? said : [...textsOf(error), ...textsOf(errors)]
  return [...new Set(words)].join('\n').slice(0, textLengthMax)
}

const fixes: Readonly<Record<number, string>> = {
  401: 'set PACT_BROKER_TOKEN, or PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD',
  403: 'use credentials that may do this',
  407: 'put user and password of the proxy into HTTPS_PROXY',
}

/** Statuses that may go better with other credentials or later: not a word about what was sent. */
const notAboutContent: ReadonlySet<number> = new Set([401, 403, 407, 408, 425, 429])

/** The error that an answer of 4xx or 5xx stands for. */
export const refusal = (
  method: string,
  url: string,
  { status, text }: Pick<BrokerAnswer, 'status' | 'text'>,
): BrokerError => {
  const words = brokersWords(text)
  const fix = fixes[status]
  return new BrokerError(
    {
      problem: `the broker answers ${status} to ${method} ${url}${words === '' ? '' : `: ${words.replaceAll('\n', '\n    ')}`}`,
      ...(fix === undefined ? {} : { fix }),
    },
    { refused: status < 500 && !notAboutContent.has(status), status },
  )
}
