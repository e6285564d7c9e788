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

/**
 * The whole environment of a provider: what every program needs, then the config's `environment`
 * with placeholders filled and secrets read, then what this case changes, as it stands.
 *
 * `where` names the setting in messages. Throws `Blocked` where the variable behind a secret is not
 * set, and a `UserError` for a placeholder that nothing fills.
 *
 * @example
 * providerEnvironment({ PORT: '{port}' }, { values: { port: '4000' }, inherited: { PATH: '/bin' }, where: 'environment' })
 * // { PATH: '/bin', PORT: '4000' }
 */
export const providerEnvironment = (
  configured: ProviderConfig['environment'],
  {
    values,
    inherited,
    changes = {},
    where,
  }: {
    readonly values: PlaceholderValues
    readonly inherited: Readonly<Record<string, string | undefined>>
    readonly changes?: Environment
    readonly where: string
  },
): Environment => {
  const result: Record<string, string> = { ...basicEnvironment(inherited) }
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
