import type { Credential } from '../model/credential.ts'
import { resolveCredentials, secretsOf, upstreamKeys } from './credentials.ts'
import type { IntegrationConfig, Secret, ValidConfig } from './schema.ts'

type Environment = Readonly<Record<string, string | undefined>>

const secretValue = (value: string | Secret, environment: Environment): readonly string[] =>
  typeof value === 'string' ? [] : [environment[value.env] ?? '']

/** Credentials as far as they can be resolved: masking must not fail where one is missing. */
export const knownCredentials = (
  integration: IntegrationConfig | undefined,
  environment: Environment,
): readonly Credential[] =>
  Object.entries(integration?.credentials ?? {}).flatMap(([name, credential]) => {
    try {
      return resolveCredentials({ credentials: { [name]: credential } }, environment)
    } catch {
      return []
    }
  })

/** The keys that the provider shows to its upstreams, as far as they can be resolved. */
const upstreamSecrets = (
  integration: IntegrationConfig,
  environment: Environment,
): readonly string[] => {
  try {
    return upstreamKeys(integration).flatMap(({ resolve }) => secretsOf([resolve(environment)]))
  } catch {
    return []
  }
}

/**
 * Every secret that the config names, for masking.
 *
 * @example
 * const mask = maskOf(configuredSecrets(config, process.env))
 */
export const configuredSecrets = (
  { integrations }: ValidConfig,
  environment: Environment,
): readonly string[] =>
  Object.values(integrations).flatMap((integration) => [
    ...Object.values(integration.provider.environment ?? {}).flatMap((value) =>
      secretValue(value, environment),
    ),
    ...secretsOf(knownCredentials(integration, environment)),
    ...upstreamSecrets(integration, environment),
  ])
