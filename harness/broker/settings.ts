import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseDuration } from '../config/duration.ts'
import type { Secret, ValidConfig } from '../config/schema.ts'
import { UserError } from '../model/user-error.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** Where a broker is, who asks it, and how long it is waited for. */
export interface BrokerSettings {
  /** Without credentials and without a slash at its end. */
  readonly url: string
  /** The value of the header Authorization; absent where the broker asks for none. */
  readonly authorization?: string
  /** What must not show anywhere. */
  readonly secrets: readonly string[]
  /** Certificates of authorities, PEM, that are trusted besides the usual ones. */
  readonly certificates?: string
  readonly withinMilliseconds: number
  /** HTTP_PROXY, HTTPS_PROXY and NO_PROXY are read from here. */
  readonly environment: Environment
}

type Given = NonNullable<ValidConfig['broker']>
type Field = 'url' | 'token' | 'username' | 'password'

/** As Pact's own tools name them. */
const variables = {
  url: 'PACT_BROKER_BASE_URL',
  token: 'PACT_BROKER_TOKEN',
  username: 'PACT_BROKER_USERNAME',
  password: 'PACT_BROKER_PASSWORD',
} as const satisfies Record<Field, string>

const withinDefault = 30_000

const valueOf = (
  field: Field,
  said: string | Secret | undefined,
  environment: Environment,
): string | undefined => {
  if (typeof said === 'string') return said
  const value = environment[said?.env ?? variables[field]]
  if (value !== undefined && value !== '') return value
  if (said === undefined) return undefined
  throw new UserError({
    problem: `the environment variable ${said.env} is not set, and broker.${field} needs it`,
    fix: `export ${said.env}=…, or take broker.${field} out of the configuration`,
  })
}

const urlOf = (given: string | undefined): URL => {
  if (given === undefined)
    throw new UserError({
      problem: 'nobody says where the Pact Broker is',
      expected: `broker.url in the configuration, or the variable ${variables.url}`,
      fix: `export ${variables.url}=https://…`,
    })
  if (URL.canParse(given) && /^https?:$/.test(new URL(given).protocol)) return new URL(given)
  throw new UserError({
    problem: "the broker's address is no address of an HTTP service",
    expected: 'https://… or http://…',
    fix: `mend broker.url in the configuration, or ${variables.url}`,
  })
}

const base64 = (text: string): string => Buffer.from(text).toString('base64')

const authorizationOf = (
  token: string | undefined,
  user: { readonly name: string; readonly password: string },
): string | undefined => {
  if (token !== undefined) return `Bearer ${token}`
  return user.name === '' ? undefined : `Basic ${base64(`${user.name}:${user.password}`)}`
}

const certificatesIn = (file: string, root: string): string => {
  try {
    return readFileSync(resolve(root, file), 'utf8')
  } catch {
    throw new UserError({
      problem: "there is no such file, or it cannot be read; the broker's certificate needs it",
      place: { file },
      expected: 'certificates in PEM, as broker.certificate or SSL_CERT_FILE name them',
    })
  }
}

/**
 * Where the broker is and who asks it: what the configuration says, else the variables that Pact's
 * own tools read (PACT_BROKER_BASE_URL, PACT_BROKER_TOKEN, PACT_BROKER_USERNAME,
 * PACT_BROKER_PASSWORD), else user and password of the address.
 *
 * Throws a `UserError` where nobody says it, or a variable that the configuration names is not set.
 *
 * @example
 * brokerSettings(loaded.config.broker, process.env, loaded.root).url // 'https://broker.example.com'
 */
export const brokerSettings = (
  given: Given | undefined,
  environment: Environment,
  root: string,
): BrokerSettings => {
  const said = (field: Field): string | undefined => valueOf(field, given?.[field], environment)
  const url = urlOf(said('url'))
  const token = said('token')
  const user = {
    name: said('username') ?? decodeURIComponent(url.username),
    password: said('password') ?? decodeURIComponent(url.password),
  }
  const authorization = authorizationOf(token, user)
  const file = given?.certificate ?? environment['SSL_CERT_FILE']
  const pair = user.name === '' ? [] : [`${user.name}:${user.password}`]
  return {
    url: `${url.origin}${url.pathname.replace(/\/+$/, '')}`,
    ...(authorization === undefined ? {} : { authorization }),
    secrets: [token ?? '', user.password, ...pair].filter((secret) => secret !== ''),
    ...(file === undefined || file === '' ? {} : { certificates: certificatesIn(file, root) }),
    withinMilliseconds: parseDuration(given?.within ?? '') ?? withinDefault,
    environment,
  }
}
