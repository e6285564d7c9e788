import { nearest } from '../../model/nearest.ts'
import { UserError } from '../../model/user-error.ts'
import type { Stream, ToxicSpecification } from './toxic.ts'
import { toxics } from './toxics/index.ts'
import type { Attribute, Toxic } from './toxics/shape.ts'

/** A specification with its toxic found, its defaults filled in and its values in range. */
export interface CheckedToxic {
  readonly toxic: Toxic
  readonly stream: Stream
  readonly toxicity: number
  readonly attributes: Readonly<Record<string, number>>
}

const streams: readonly string[] = ['upstream', 'downstream'] satisfies readonly Stream[]

const isStream = (text: string): text is Stream => streams.includes(text)

const unknown = (what: string, typed: string, known: readonly string[]): UserError => {
  const meant = nearest(typed, known)
  return new UserError({
    problem: `unknown ${what} "${typed}"`,
    expected: known.length === 0 ? 'none: it has no attributes' : `one of ${known.join(', ')}`,
    ...(meant === undefined ? {} : { fix: `write "${meant}"` }),
  })
}

const rangeOf = ({ unit, min, max }: Attribute): string =>
  `a whole number from ${min} to ${max}, in ${unit}`

const valueOf = (type: string, name: string, rule: Attribute, given: unknown): number => {
  const value = given ?? rule.default
  if (value === undefined) {
    throw new UserError({
      problem: `the toxic "${type}" lacks its attribute "${name}"`,
      expected: rangeOf(rule),
      fix: `add "${name}" to its attributes`,
    })
  }
  if (!Number.isInteger(value) || Number(value) < rule.min || Number(value) > rule.max) {
    throw new UserError({
      problem: `the attribute "${name}" of the toxic "${type}" is ${typeof value === 'number' ? value : JSON.stringify(value)}`,
      expected: rangeOf(rule),
    })
  }
  return Number(value)
}

const attributesOf = (toxic: Toxic, given: Readonly<Record<string, unknown>>) => {
  const known = Object.keys(toxic.attributes)
  for (const name of Object.keys(given)) {
    if (!known.includes(name)) throw unknown(`attribute of the toxic "${toxic.type}":`, name, known)
  }
  return Object.fromEntries(
    Object.entries(toxic.attributes).map(([name, rule]) => [
      name,
      valueOf(toxic.type, name, rule, given[name]),
    ]),
  )
}

/**
 * Finds the toxic that a specification names and fills in Toxiproxy's defaults: downstream,
 * toxicity 1. Throws a `UserError` that names the nearest known name, or the range.
 *
 * @example
 * checkToxic({ type: 'latency', attributes: { latency: 200 } }).attributes // { latency: 200, jitter: 0 }
 */
export const checkToxic = (specification: ToxicSpecification): CheckedToxic => {
  const { type, stream = 'downstream', toxicity = 1, attributes = {} } = specification
  const toxic = toxics.find((known) => known.type === type)
  if (toxic === undefined) {
    throw unknown(
      'toxic',
      type,
      toxics.map((known) => known.type),
    )
  }
  if (!isStream(stream)) throw unknown(`stream of the toxic "${type}":`, stream, streams)
  if (typeof toxicity !== 'number' || !(toxicity >= 0 && toxicity <= 1)) {
    throw new UserError({
      problem: `the toxicity of the toxic "${type}" is ${String(toxicity)}`,
      expected: 'a share of connections, from 0 to 1',
    })
  }
  const values = attributesOf(toxic, attributes)
  const problem = toxic.problem?.(values)
  if (problem !== undefined) {
    throw new UserError({ problem: `the toxic "${type}" cannot be so: ${problem}` })
  }
  return { toxic, stream, toxicity, attributes: values }
}
