import type { Exchange } from '../../model/http.ts'
import { isObject, named, type JsonValue } from '../json.ts'
import type { Observation } from '../types.ts'
import { subjectOf, type ObservationCheck } from './check.ts'

/** What differs from answer to answer whatever was asked. */
const own = [
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi,
  /\d{4}-\d\d-\d\d[T ][\d:.]+(Z|[+-]\d\d:?\d\d)?/g,
  /\b[0-9a-f]{16,}\b/gi,
  /-?\d+(\.\d+)?/g,
]

const masked = (value: JsonValue, words: readonly string[]): JsonValue => {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((one) => masked(one, words))
  if (isObject(value))
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [name, masked(one, words)]),
    )
  if (typeof value === 'number') return '#'
  if (typeof value !== 'string') return value
  const known = words
    .filter((word) => word !== '' && !/^-?[\d.]+$/.test(word))
    .toSorted((a, b) => b.length - a.length)
  const hidden = known.reduce((text, word) => text.replaceAll(word, '~'), value)
  return own.reduce((text, sign) => text.replaceAll(sign, '#'), hidden)
}

/**
 * How a provider refuses, without what it says of this very request: two refusals for one reason are
 * alike, whatever the values.
 */
const refusalOf = ({ answer }: Exchange, words: readonly string[]): string | undefined => {
  if (answer === undefined || answer.status < 400 || answer.status > 499) return undefined
  const text = new TextDecoder().decode(answer.body)
  let body: JsonValue
  try {
    body = JSON.parse(text) as JsonValue
  } catch {
    body = text
  }
  return JSON.stringify([answer.status, masked(body, words)])
}

/** Statuses with which form is refused; any other may come from a state that the document allows. */
const ofForm: ReadonlySet<number> = new Set([400, 406, 411, 413, 414, 415, 422])

const wordsIn = (facts: Observation['facts'], name: string): readonly string[] =>
  Array.isArray(facts[name]) ? (facts[name] as readonly JsonValue[]).map(String) : []

/**
 * What the document allows must not be refused as if it were malformed. A state may refuse anything,
 * so a refusal counts only where it is word for word that of a value which the document forbids, and
 * is not how this provider refuses whatever it does not like; and where the request that this one was
 * made from is taken in the same state.
 *
 * Exchanges: the base taken, a refusal for another reason (`contrast`), the refusal of a forbidden
 * value, the refusal of the allowed one.
 */
export const refusedValid: ObservationCheck = {
  code: 'refused-valid',
  check({ operation, exchanges, facts, pointer }) {
    const [base, contrast, forbidden, allowed] = exchanges
    if (
      base === undefined ||
      contrast === undefined ||
      forbidden === undefined ||
      allowed === undefined
    )
      return null
    const status = allowed.answer?.status ?? 0
    if (!ofForm.has(status) || (base.answer?.status ?? 0) >= 300) return null
    const refusal = refusalOf(allowed, wordsIn(facts, 'allowedWords'))
    if (refusal === undefined || refusal !== refusalOf(forbidden, wordsIn(facts, 'forbiddenWords')))
      return null
    const isTelling = refusalOf(contrast, wordsIn(facts, 'contrastWords')) !== refusal
    if (!isTelling && facts['isNeighbourTaken'] !== true) return null
    return {
      summary: `${subjectOf(operation)} answered ${status} to a request that the document allows: ${named(facts['words'])}.`,
      expected: 'success, as without that change in the same state',
      actual: `${status}, in the same words as where ${named(facts['forbidden'])}, which the document forbids`,
      pointer,
    }
  },
}
