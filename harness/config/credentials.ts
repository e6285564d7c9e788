import type { Credential } from '../model/credential.ts'
import { Blocked } from '../model/user-error.ts'
import type { CredentialConfig, IntegrationConfig, Secret } from './schema.ts'

type Environment = Readonly<Record<string, string | undefined>>
type Field = Credential['fields'][number]

const valueOf = (text: string | Secret, environment: Environment): string => {
  if (typeof text === 'string') return text
  const value = environment[text.env]
  if (value === undefined || value === '')
    throw new Blocked({
      problem: `the environment variable ${text.env} is not set, and a credential needs it`,
      fix: `export ${text.env}=…`,
    })
  return value
}

const fieldsOf = (config: CredentialConfig, environment: Environment): readonly Field[] => {
  if ('bearer' in config)
    return [
      {
        in: 'header',
        name: 'Authorization',
        value: `Bearer ${valueOf(config.bearer, environment)}`,
      },
    ]
  if ('basic' in config) {
    const pair = `${valueOf(config.basic.user, environment)}:${valueOf(config.basic.password, environment)}`
    return [
      {
        in: 'header',
        name: 'Authorization',
        value: `Basic ${Buffer.from(pair).toString('base64')}`,
      },
    ]
  }
  const [place, values] =
    'header' in config
      ? (['header', config.header] as const)
      : 'query' in config
        ? (['query', config.query] as const)
        : (['cookie', config.cookie] as const)
  return Object.entries(values).map(([name, text]) => ({
    in: place,
    name,
    value: valueOf(text, environment),
  }))
}

/**
 * The credentials of an integration with their values, in the order of the config.
 *
 * Throws `Blocked` naming the environment variable that is not set.
 */
export const resolveCredentials = (
  integration: Pick<IntegrationConfig, 'credentials'>,
  environment: Environment,
): readonly Credential[] =>
  Object.entries(integration.credentials ?? {}).map(([name, config]) => ({
    name,
    fields: fieldsOf(config, environment),
    ...(config.scopes === undefined ? {} : { scopes: config.scopes }),
    ...(config.rejected === undefined ? {} : { rejected: config.rejected }),
  }))

const scheme = /^(?:Bearer|Basic)\s+/i

/** The values of credentials that must never show, without the name of their scheme. */
export const secretsOf = (credentials: readonly Credential[]): readonly string[] =>
  credentials.flatMap(({ fields }) => fields.map(({ value }) => value.replace(scheme, '')))
