import { z } from 'zod'
import type { Broker } from './client.ts'

/** Our verdict on a contract beside the one that the broker has. */
export interface Compared {
  readonly consumer: string
  readonly provider: string
  readonly ours: boolean
  /** Absent where the broker has no result yet. */
  readonly brokers?: { readonly success: boolean; readonly version: string; readonly by: string }
}

const result = z.looseObject({
  success: z.boolean(),
  providerApplicationVersion: z.string(),
  verifiedBy: z.looseObject({ implementation: z.string().nullish() }).nullish(),
})

/** The broker's latest result of a contract; `undefined` where it has none. Nothing is written. */
export const brokersVerdict = async (
  broker: Broker,
  latest: string | undefined,
): Promise<Compared['brokers'] | undefined> => {
  const resource = latest === undefined ? undefined : await broker.find(latest)
  const parsed = result.safeParse(resource?.value)
  if (!parsed.success) return undefined
  const { success, providerApplicationVersion: version, verifiedBy } = parsed.data
  return { success, version, by: verifiedBy?.implementation ?? 'somebody' }
}

const word = (success: boolean): string => (success ? 'verified' : 'failed')

const lineOf = ({ consumer, provider, ours, brokers }: Compared): string => {
  const pair = `${consumer} and ${provider}: ours ${word(ours)}`
  if (brokers === undefined) return `no result  ${pair}; the broker has none`
  const theirs = `the broker's ${word(brokers.success)} (version ${brokers.version}, by ${brokers.by})`
  return `${ours === brokers.success ? 'agree      ' : 'DISAGREE   '}${pair}, ${theirs}`
}

/** What `--shadow` prints: where the two disagree first. */
export const shadowLines = (all: readonly Compared[]): readonly string[] => {
  const disagree = all.filter(({ ours, brokers }) => brokers && ours !== brokers.success)
  const rest = all.filter((one) => !disagree.includes(one))
  return [
    ...[...disagree, ...rest].map(lineOf),
    `${all.length} compared, ${disagree.length} disagree; nothing was published`,
  ]
}
