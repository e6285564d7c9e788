import type { ValidConfig } from '../config/schema.ts'
import type { Contract } from '../contract/contract.ts'
import { shownName } from '../contract/shown-name.ts'
import { nearest } from '../model/nearest.ts'
import { UserError } from '../model/user-error.ts'

/** The integration whose provider has this name: as contracts name it, or the integration's key. */
export const integrationOfProvider = (
  provider: string,
  { integrations }: ValidConfig,
): string | undefined =>
  Object.entries(integrations).find(
    ([key, integration]) => (integration.provider.name ?? key) === provider,
  )?.[0]

/** The integration that names a document as its spec. */
export const integrationOfSpec = (
  file: string,
  { integrations }: ValidConfig,
): string | undefined => Object.entries(integrations).find(([, { spec }]) => spec === file)?.[0]

/**
 * The integration whose provider a contract names. Throws a `UserError` where there is none: such a
 * contract would never be replayed.
 */
export const integrationOfRead = (
  { file, provider }: Pick<Contract, 'file' | 'provider'>,
  config: ValidConfig,
): string => {
  const found = integrationOfProvider(provider, config)
  if (found !== undefined) return found
  const known = Object.entries(config.integrations).map(
    ([key, { provider: own }]) => own.name ?? key,
  )
  const meant = nearest(provider, known)
  throw new UserError({
    problem: `no integration has a provider called "${shownName(provider)}"`,
    place: { file, line: 1, pointer: '/provider/name' },
    expected:
      known.length === 0 ? 'an integration in the configuration' : `one of ${known.join(', ')}`,
    fix:
      meant === undefined
        ? `add an integration with provider: { name: ${JSON.stringify(shownName(provider))} } to the configuration`
        : `name the provider "${meant}" here, or set provider.name in the configuration`,
  })
}
