import type { JsonObject, JsonValue } from '../../json.ts'
import { numberIn, typesIn } from '../../schema/vary/variation.ts'
import type { Draft } from '../draft.ts'
import { isValid } from '../pairs/factors.ts'
import type { Session } from '../state/session.ts'
import { partsOf, type Change } from './parts.ts'

/** So many values of each range. */
const turnsMax = 8

/** Texts that may be longer are of no length that anybody means. */
const lengthMax = 1000

/** The van der Corput sequence: each next number between 0 and 1 lies where the gap is widest. */
const spread = (turn: number): number => {
  let [rest, half, result] = [turn + 1, 0.5, 0]
  while (rest > 0) {
    if (rest % 2 === 1) result += half
    rest = Math.floor(rest / 2)
    half /= 2
  }
  return result
}

const onSteps = (low: number, high: number, step: number, share: number): number =>
  Number((Math.round((low + (high - low) * share) / step) * step).toPrecision(15))

/**
 * The next value of what has two bounds - a number, or the length of a text - so that a few of them
 * lie all over the range; `undefined` where there is no such range. `start`, from 0 to 1, moves all.
 *
 * @example
 * swept({ type: 'integer', minimum: 0, maximum: 100 }, 0, 0) // 50, then 25, 75, 13 ...
 */
const swept = (schema: JsonObject, turn: number, start: number): JsonValue | undefined => {
  if (schema['enum'] !== undefined || schema['const'] !== undefined) return undefined
  const types = typesIn(schema)
  const share = (spread(turn) + start) % 1
  const isInteger = types.includes('integer')
  if (isInteger || types.includes('number')) {
    const low = numberIn(schema, 'minimum') ?? numberIn(schema, 'exclusiveMinimum')
    const high = numberIn(schema, 'maximum') ?? numberIn(schema, 'exclusiveMaximum')
    if (low === undefined || high === undefined) return undefined
    return onSteps(low, high, numberIn(schema, 'multipleOf') ?? (isInteger ? 1 : 0.01), share)
  }
  const longest = numberIn(schema, 'maxLength')
  if (!types.includes('string') || longest === undefined || longest > lengthMax) return undefined
  if (schema['pattern'] !== undefined || schema['format'] !== undefined) return undefined
  const length = onSteps(numberIn(schema, 'minLength') ?? 0, longest, 1, share)
  return 'lorem ipsum dolor '.repeat(length).slice(0, Math.max(0, length - 1)) + 'x'
}

/**
 * Values from all over the range of each part that has one, one part at a time: all parts have their
 * first before any has its second. `known` says which parts had theirs in other drafts.
 */
export const sweeps = (session: Session, draft: Draft, known: Set<string>): readonly Change[] => {
  const parts = partsOf(session, draft).filter(({ key }) => !known.has(key))
  for (const { key } of parts) known.add(key)
  const start = (session.seed % 16) / 16
  return Array.from({ length: turnsMax }, (_, turn) => turn)
    .flatMap((turn) =>
      parts.map((part) => {
        const value = swept(part.schema, turn, start)
        return value === undefined ? undefined : part.set(value)
      }),
    )
    .filter((change) => change !== undefined)
    .filter(({ apply }) => isValid(session, apply(draft)))
}
