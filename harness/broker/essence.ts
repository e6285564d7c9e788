import { z } from 'zod'

const content = z.looseObject({
  consumer: z.unknown(),
  provider: z.unknown(),
  interactions: z.array(z.unknown()).optional(),
  messages: z.array(z.unknown()).optional(),
})

const bare = (list: readonly unknown[] = []): ReadonlySet<unknown> =>
  new Set(
    list.map((one) => (typeof one === 'object' && one !== null ? { ...one, _id: undefined } : one)),
  )

/**
 * What makes a contract this one, whoever holds it: a broker adds links and ids of its own, and may
 * put interactions into another order. To be compared deeply; `undefined` for what is no contract.
 *
 * @example
 * isDeepStrictEqual(essence(JSON.parse(ours)), essence(JSON.parse(theirs)))
 */
export const essence = (value: unknown): unknown => {
  const parsed = content.safeParse(value)
  if (!parsed.success) return undefined
  const { consumer, provider, interactions, messages } = parsed.data
  return { consumer, provider, interactions: bare(interactions), messages: bare(messages) }
}
