import type { Credential } from '../model/credential.ts'
import { nearest } from '../model/nearest.ts'
import { Blocked, UserError } from '../model/user-error.ts'
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

const resolved = (
  [name, config]: readonly [string, CredentialConfig],
  environment: Environment,
): Credential => ({
  name,
  fields: fieldsOf(config, environment),
  ...(config.scopes === undefined ? {} : { scopes: config.scopes }),
  ...(config.rejected === undefined ? {} : { rejected: config.rejected }),
})

/** The names of the credentials that the provider itself shows to its upstreams. */
const upstreamNames = ({
  dependencies = {},
}: Partial<Pick<IntegrationConfig, 'dependencies'>>): ReadonlySet<string> =>
  new Set(
    Object.values(dependencies).flatMap((dependency) =>
      dependency.type === 'wiremock' && dependency.credential !== undefined
        ? [dependency.credential]
        : [],
    ),
  )

/**
 * The credentials of an integration's callers with their values, in the order of the config.
 *
 * Throws `Blocked` naming the environment variable that is not set.
 */
export const resolveCredentials = (
  integration: Pick<IntegrationConfig, 'credentials' | 'dependencies'>,
  environment: Environment,
): readonly Credential[] => {
  const upstream = upstreamNames(integration)
  return Object.entries(integration.credentials ?? {})
    .filter(([name]) => !upstream.has(name))
    .map((entry) => resolved(entry, environment))
}

/** A key that the provider shows to an upstream, and the stub that checks it. */
export interface UpstreamKey {
  readonly name: string
  readonly stub: string
  /** Throws `Blocked` naming the environment variable that is not set. */
  readonly resolve: (environment: Environment) => Credential
}

/**
 * The keys that stubs of an integration check. Throws a `UserError` for a stub that names a
 * credential which is not there.
 */
export const upstreamKeys = ({
  credentials = {},
  dependencies = {},
}: Pick<IntegrationConfig, 'credentials' | 'dependencies'>): readonly UpstreamKey[] =>
  Object.entries(dependencies).flatMap(([stub, dependency]) => {
    if (dependency.type !== 'wiremock' || dependency.credential === undefined) return []
    const name = dependency.credential
    const config = Object.hasOwn(credentials, name) ? credentials[name] : undefined
    if (config === undefined) {
      const meant = nearest(name, Object.keys(credentials))
      throw new UserError({
        problem: `the stub "${stub}" checks a credential "${name}", which is not among the credentials`,
        expected: `credentials: { '${name}': { bearer: … } }`,
        ...(meant === undefined ? {} : { fix: `write "${meant}"` }),
      })
    }
    return [{ name, stub, resolve: (environment) => resolved([name, config], environment) }]
  })

const scheme = /^(?:Bearer|Basic)\s+/i

/** The values of credentials that must never show, without the name of their scheme. */
export const secretsOf = (credentials: readonly Credential[]): readonly string[] =>
  credentials.flatMap(({ fields }) => fields.map(({ value }) => value.replace(scheme, '')))
