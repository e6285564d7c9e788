import type { Parcel } from './outbox.ts'

/** A contract whose two sides nobody knows to work together. */
export interface UnknownPair {
  readonly consumer: string
  readonly provider: string
  /** Absent where no version of the provider is looked at: none is in the environment. */
  readonly providerVersion: string | undefined
  readonly environment: string
}

/** What the broker knows of the provider. */
export interface KnownOfProvider {
  readonly built: boolean
  readonly inEnvironment: boolean
}

const unsent = 'failed to publish: it waits in .proofbook/outbox (npx proofbook publish --outbox)'

const isAbout = (parcel: Parcel, pair: UnknownPair): boolean =>
  parcel.kind === 'results'
    ? parcel.consumer === pair.consumer &&
      parcel.provider === pair.provider &&
      (pair.providerVersion === undefined ||
        parcel.body.providerApplicationVersion === pair.providerVersion)
    : parcel.body.pacticipantName === pair.consumer &&
      parcel.body.contracts.some(({ providerName }) => providerName === pair.provider)

/**
 * Why nobody knows whether the two sides of a contract work together: failed to publish, never built,
 * not there, never verified. Pure.
 *
 * @example
 * unknownReason(pair, { built: false, inEnvironment: false }, []) // 'never built: …'
 */
export const unknownReason = (
  pair: UnknownPair,
  { built, inEnvironment }: KnownOfProvider,
  outbox: readonly Parcel[],
): string => {
  const { provider, providerVersion, environment } = pair
  if (outbox.some((parcel) => isAbout(parcel, pair))) return unsent
  if (!built) return `never built: the broker knows no version of ${provider}`
  if (providerVersion !== undefined)
    return `never verified: ${provider} ${providerVersion} has no result for this contract`
  return inEnvironment
    ? `never verified: what is in ${environment} of ${provider} has no result for this contract`
    : `not there: no version of ${provider} is recorded as deployed or released in ${environment}`
}

/** Why the broker does not know the version that is asked about. */
export const unknownVersionReason = (
  pacticipant: string,
  version: string,
  outbox: readonly Parcel[],
): string => {
  const waits = outbox.some((one) =>
    one.kind === 'contracts'
      ? one.body.pacticipantName === pacticipant && one.body.pacticipantVersionNumber === version
      : one.provider === pacticipant && one.body.providerApplicationVersion === version,
  )
  return waits
    ? unsent
    : `never built: the broker knows no version ${version} of ${pacticipant}; nothing was published under it`
}
