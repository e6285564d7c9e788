import { fillPlaceholders, type PlaceholderValues } from '../../config/placeholders.ts'
import type { ProviderConfig } from '../../config/schema.ts'
import { Blocked } from '../../model/user-error.ts'

type Environment = Readonly<Record<string, string>>

/** What a process needs to start at all and to find its way; nothing else is inherited. */
const inheritedNames = ['PATH', 'HOME', 'LANG', 'TMPDIR']

/** PATH, HOME, LANG and TMPDIR, and what else is named, as far as they are set. */
export const basicEnvironment = (
  inherited: Readonly<Record<string, string | undefined>>,
  more: readonly string[] = [],
): Environment =>
  Object.fromEntries(
    [...inheritedNames, ...more].flatMap((name) => {
      const value = inherited[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )

/** What an environment of the config is filled with. */
export interface EnvironmentOptions {
  readonly values: PlaceholderValues
  /** Where secrets come from, and what every program needs. */
  readonly inherited: Readonly<Record<string, string | undefined>>
  /** What this case changes, as it stands. */
  readonly changes?: Environment
  /** Names the setting in messages. */
  readonly where: string
}

/**
 * An `environment` of the config with placeholders filled and secrets read, and what this case
 * changes; nothing else, as a container needs it.
 *
 * Throws `Blocked` where the variable behind a secret is not set, and a `UserError` for a placeholder
 * that nothing fills.
 */
export const configuredEnvironment = (
  configured: ProviderConfig['environment'],
  { values, inherited, changes = {}, where }: EnvironmentOptions,
): Environment => {
  const result: Record<string, string> = {}
  for (const [name, value] of Object.entries(configured ?? {})) {
    if (typeof value === 'string') {
      result[name] = fillPlaceholders(value, values, `${where}.${name}`)
      continue
    }
    const secret = inherited[value.env]
    if (secret === undefined)
      throw new Blocked({
        problem: `The environment variable ${value.env}, which ${where}.${name} asks for, is not set.`,
        fix: `set ${value.env} where Proofbook is started`,
      })
    result[name] = secret
  }
  return { ...result, ...changes }
}

/**
 * The whole environment of a provider that runs on this machine: what every program needs, then what
 * the config and this case say.
 *
 * Throws as `configuredEnvironment` does.
 *
 * @example
 * providerEnvironment({ PORT: '{port}' }, { values: { port: '4000' }, inherited: { PATH: '/bin' }, where: 'environment' })
 * // { PATH: '/bin', PORT: '4000' }
 */
export const providerEnvironment = (
  configured: ProviderConfig['environment'],
  options: EnvironmentOptions,
): Environment => ({
  ...basicEnvironment(options.inherited),
  ...configuredEnvironment(configured, options),
})
