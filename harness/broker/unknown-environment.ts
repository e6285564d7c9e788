import { nearest } from '../model/nearest.ts'
import { BrokerError } from './broker-error.ts'

/** Says that the broker knows no environment of this name, and which was meant. */
export const unknownEnvironment = (
  environment: string,
  known: readonly string[],
  flag: '--environment' | '--to-environment',
): BrokerError => {
  const meant = nearest(environment, known)
  return new BrokerError(
    {
      problem: `the broker knows no environment "${environment}"`,
      expected:
        known.length === 0 ? 'an environment; it has none yet' : `one of ${known.join(', ')}`,
      fix:
        meant === undefined
          ? 'make it in the broker: its page of environments, or pact broker create-environment'
          : `${flag} ${meant}`,
    },
    { refused: true },
  )
}
