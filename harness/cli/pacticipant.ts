import type { LoadedConfig } from '../config/load.ts'
import { UserError } from '../model/user-error.ts'

/**
 * The provider of the only integration.
 *
 * Throws a `UserError` where there are several, or none: then somebody must say which one is meant.
 */
export const onlyPacticipant = (loaded: LoadedConfig | undefined): string => {
  const names = Object.entries(loaded?.config.integrations ?? {}).map(
    ([key, { provider }]) => provider.name ?? key,
  )
  const [only] = names
  if (only !== undefined && names.length === 1) return only
  throw new UserError({
    problem: 'nobody says which application is meant',
    expected: names.length === 0 ? '--pacticipant NAME' : `one of ${names.join(', ')}`,
    fix: `--pacticipant ${only ?? 'NAME'}`,
  })
}
