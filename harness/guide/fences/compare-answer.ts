import { headerOf, type HttpAnswer } from '../../model/http.ts'
import { compareJson, shown, type Mismatch } from './compare-json.ts'
import { fillText, fitsText, type Kept } from './hole.ts'
import type { ExchangeTemplate } from './http.ts'
import type { BodyTemplate } from './http-body.ts'

/** What of an answer did not hold, by part. A part is not looked at when one before it did not hold. */
export interface AnswerMismatch extends Mismatch {
  readonly part: 'status' | 'header' | 'body'
}

const compareBody = (body: BodyTemplate, answer: HttpAnswer, kept: Kept): readonly Mismatch[] => {
  const text = new TextDecoder().decode(answer.body)
  const whole = (expected: string, actual: string): readonly Mismatch[] => [
    { place: body.place, subject: 'the body', expected, actual },
  ]
  if (answer.truncated === true)
    return whole('a body within the bound on bodies', 'more bytes than are kept')
  if (body.kind === 'text')
    return fitsText(body.text, text, kept, true)
      ? []
      : whole(fillText(body.text, kept), shown(text))
  let actual: unknown
  try {
    actual = JSON.parse(text)
  } catch {
    return whole('JSON', text === '' ? 'an empty body' : shown(text))
  }
  return compareJson(body.root, actual, kept)
}

/** `Content-Type: application/json` asks for the media type alone; parameters only where it has some. */
const comparable = (name: string, expected: string, actual: string): string =>
  name.toLowerCase() === 'content-type' && !expected.includes(';')
    ? (actual.split(';')[0] ?? '').trim()
    : actual

/**
 * What of the expected answer did not come: first the status; headers and body only where that held,
 * since a wrong status has a body of its own. New names are kept on the way.
 *
 * @example
 * compareAnswer(exchange.expected, answer, kept) // []
 */
export const compareAnswer = (
  expected: NonNullable<ExchangeTemplate['expected']>,
  answer: HttpAnswer,
  kept: Kept,
): readonly AnswerMismatch[] => {
  if (answer.status !== expected.status) {
    const body = new TextDecoder().decode(answer.body.subarray(0, 400))
    const actual = `${answer.status}${body === '' ? '' : `, ${body}`}`
    return [
      {
        part: 'status',
        place: expected.place,
        subject: 'the status',
        expected: String(expected.status),
        actual,
      },
    ]
  }
  const headers = expected.headers.flatMap(({ name, value, place }): readonly AnswerMismatch[] => {
    const actual = headerOf(answer.headers, name)
    return actual !== undefined && fitsText(value, comparable(name, value, actual), kept)
      ? []
      : [
          {
            part: 'header',
            place,
            subject: name,
            expected: `${name}: ${value}`,
            actual: actual === undefined ? `no ${name}` : `${name}: ${actual}`,
          },
        ]
  })
  const body = expected.body === undefined ? [] : compareBody(expected.body, answer, kept)
  return [
    ...headers,
    ...body.map((mismatch): AnswerMismatch => Object.assign({ part: 'body' as const }, mismatch)),
  ]
}
