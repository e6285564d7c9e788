import { headerOf, type Exchange, type HeaderFields, type HttpRequest } from '../../model/http.ts'
import { compareAnswer } from '../fences/compare-answer.ts'
import { fillText, NothingKept, type Kept } from '../fences/hole.ts'
import type { ExchangeTemplate } from '../fences/http.ts'
import { renderJson } from '../fences/render-json.ts'
import type { Unmet } from '../seen.ts'
import type { HttpFence } from '../types.ts'
import { StepStopped } from './outcome.ts'

const codes = { status: 'guide-status', header: 'guide-header', body: 'guide-body' } as const

const requestOf = (
  { method, target, headers, body }: ExchangeTemplate,
  baseUrl: string,
  kept: Kept,
): HttpRequest => {
  const fields: HeaderFields = headers.map(
    ({ name, value }) => [name, fillText(value, kept)] as const,
  )
  const request = {
    method,
    url: `${baseUrl}${fillText(target, kept, encodeURIComponent)}`,
    headers: fields,
  }
  if (body === undefined) return request
  const text = body.kind === 'json' ? renderJson(body.root, kept) : fillText(body.text, kept)
  const typed = body.kind === 'text' || headerOf(fields, 'content-type') !== undefined
  return {
    ...request,
    headers: typed ? fields : [...fields, ['Content-Type', 'application/json']],
    body: new TextEncoder().encode(text),
  }
}

/** Without an expectation a request must at least succeed. */
const mustSucceed = ({ place }: ExchangeTemplate, status: number): readonly Unmet[] =>
  status >= 200 && status < 300
    ? []
    : [
        {
          code: 'guide-status',
          place,
          subject: 'the status',
          expected: '2xx',
          actual: String(status),
        },
      ]

/**
 * What of one exchange did not hold. Empty: all did, and new names are kept.
 */
const unmetOfExchange = (
  template: ExchangeTemplate,
  { answer, failure }: Exchange,
  kept: Kept,
): readonly Unmet[] => {
  const { expected } = template
  const place = expected?.place ?? template.place
  if (answer === undefined || failure !== undefined) {
    const wanted = expected === undefined ? 'an answer' : `HTTP ${expected.status}`
    return [
      {
        code: 'guide-no-answer',
        place,
        subject: 'the answer',
        expected: wanted,
        actual: failure ?? 'no answer',
      },
    ]
  }
  if (expected === undefined) return mustSucceed(template, answer.status)
  return compareAnswer(expected, answer, kept).map(
    ({ part, place: at, subject, expected: wanted, actual }) => ({
      code: codes[part],
      place: at,
      subject,
      expected: wanted,
      actual,
    }),
  )
}

/**
 * Runs the exchanges of an `http` fence in order. Throws `StepStopped` at the first one that does
 * not hold.
 */
export const runHttpFence = async (
  { exchanges }: HttpFence,
  baseUrl: string,
  kept: Kept,
  sendIt: (request: HttpRequest) => Promise<Exchange>,
): Promise<void> => {
  for (const template of exchanges) {
    let exchange: Exchange | undefined
    try {
      exchange = await sendIt(requestOf(template, baseUrl, kept))
      const unmet = unmetOfExchange(template, exchange, kept)
      const { request } = exchange
      if (unmet.length > 0)
        throw new StepStopped(unmet.map((one) => Object.assign({ request }, one)))
    } catch (error) {
      if (!(error instanceof NothingKept)) throw error
      const expected = `a value kept as "${error.missing}"`
      const unmet = {
        code: 'guide-kept',
        place: template.place,
        subject: error.missing,
        expected,
        actual: 'none',
      } as const
      throw new StepStopped([unmet])
    }
  }
}
