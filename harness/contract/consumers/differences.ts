import { isRecord } from '../../model/is-record.ts'
import { isDeepStrictEqual } from 'node:util'
import { formatPath, type PathStep } from '../judge/json-path.ts'

/** A place at which two writings of the same contract differ. */
export interface Difference {
  /** The interaction's description; `undefined` outside of interactions. */
  readonly interaction: string | undefined
  /** From the interaction, or from the contract: `$.response.body.total`. */
  readonly path: string
  /** The values, `undefined` where one of them has none. */
  readonly before: unknown
  readonly after: unknown
}

type Values = Readonly<Record<string, unknown>>

type Place = Omit<Difference, 'interaction'>

/** Places at which two JSON values differ, the innermost ones. */
const places = (
  before: unknown,
  after: unknown,
  steps: readonly PathStep[] = [],
): readonly Place[] => {
  if (isDeepStrictEqual(before, after)) return []
  if (Array.isArray(before) && Array.isArray(after))
    return Array.from(
      { length: Math.max(before.length, after.length) },
      (_, index) => index,
    ).flatMap((index) => places(before[index], after[index], [...steps, index]))
  if (isRecord(before) && isRecord(after))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
      places(before[key], after[key], [...steps, key]),
    )
  return [{ path: formatPath(steps), before, after }]
}

const listOf = (contract: Values, key: string): readonly Values[] => {
  const list = contract[key]
  return Array.isArray(list) ? list.filter(isRecord) : []
}

const statesOf = (one: Values): string =>
  JSON.stringify(one['providerStates'] ?? one['providerState'] ?? [])

const byStates = (a: Values, b: Values): number => (statesOf(a) < statesOf(b) ? -1 : 1)

/** The interactions and messages by their description; those of the same one in the order of their states. */
const interactionsOf = (contract: Values): ReadonlyMap<string, Values> => {
  const found = new Map<string, Values>()
  const all = [...listOf(contract, 'interactions'), ...listOf(contract, 'messages')]
  for (const one of all.toSorted(byStates)) {
    // Pact's `key` is a hash of the rest: where it differs, so does something that a person knows.
    const { key: _, ...rest } = one
    const description = JSON.stringify(one['description'] ?? '')
    let count = 1
    while (found.has(`${description} ${count}`)) count += 1
    found.set(`${description} ${count}`, rest)
  }
  return found
}

/** What a contract says beside its interactions; versions of the tools that wrote it are no part of it. */
const headOf = ({ metadata, ...contract }: Values): Values => ({
  ...Object.fromEntries(
    Object.entries(contract).filter(([key]) => key !== 'interactions' && key !== 'messages'),
  ),
  pactSpecification: isRecord(metadata) ? metadata['pactSpecification'] : undefined,
})

/**
 * The places at which two writings of a contract differ, the innermost ones. The order of the
 * interactions and the versions of the tools that wrote them do not count. Pure.
 *
 * @example
 * differences(first, second)
 * // [{ interaction: 'a request for an order', path: '$.response.body.at', before: '09:00', after: '09:01' }]
 */
export const differences = (before: unknown, after: unknown): readonly Difference[] => {
  if (!isRecord(before) || !isRecord(after))
    return places(before, after).map((place) => ({ ...place, interaction: undefined }))
  const head = places(headOf(before), headOf(after)).map((place) => ({
    ...place,
    interaction: undefined,
  }))
  const [olds, news] = [interactionsOf(before), interactionsOf(after)]
  const inner = [...new Set([...olds.keys(), ...news.keys()])].flatMap((key) => {
    const [old, now] = [olds.get(key), news.get(key)]
    const description = (old ?? now)?.['description']
    const interaction = typeof description === 'string' ? description : ''
    return places(old, now).map((place) => ({ ...place, interaction }))
  })
  return [...head, ...inner]
}
