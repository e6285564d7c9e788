import { nearest } from '../model/nearest.ts'
import { UserError } from '../model/user-error.ts'
import type { DependencyConfig } from './schema.ts'

const fieldsOf = {
  postgres: ['url', 'jdbcUrl', 'host', 'port', 'name', 'user', 'password'],
  wiremock: ['url', 'host', 'port'],
  redis: ['url', 'host', 'port'],
  rabbitmq: ['url', 'host', 'port', 'vhost', 'user', 'password'],
  command: ['url', 'host', 'port'],
  container: ['url', 'host', 'port'],
} as const satisfies Readonly<Record<DependencyConfig['type'], readonly string[]>>

/** What fills placeholders: a value for each name, such as `database.url`. */
export type PlaceholderValues = Readonly<Record<string, string>>

/**
 * The placeholders that an integration's provider may use: `port`, and for each dependency what it
 * offers.
 *
 * @example
 * placeholderNames({ payments: { type: 'wiremock' } }) // ['port', 'payments.url', 'payments.host', 'payments.port']
 */
export const placeholderNames = (
  dependencies: Readonly<Record<string, DependencyConfig>> = {},
): readonly string[] => [
  'port',
  ...Object.entries(dependencies).flatMap(([name, { type }]) =>
    fieldsOf[type].map((field) => `${name}.${field}`),
  ),
]

/** Doubled braces, a placeholder, or a brace that is neither. */
const pieces = /\{\{|\}\}|\{([A-Za-z][A-Za-z0-9-]*(?:\.[A-Za-z][A-Za-z0-9-]*)*)\}|[{}]/g

const looseBrace = (brace: string, text: string, where: string): UserError =>
  new UserError({
    problem: `A single "${brace}" in ${where} belongs to no placeholder: ${JSON.stringify(text)}.`,
    expected: 'a placeholder such as {port} or {database.url}',
    fix: 'write {{ and }} for braces that stay as they are',
  })

const unfilled = (name: string, known: readonly string[], where: string): UserError => {
  const meant = nearest(name, known)
  return new UserError({
    problem: `Nothing fills the placeholder "{${name}}" in ${where}.`,
    expected: `one of ${known.map((one) => `{${one}}`).join(', ')}`,
    fix: meant === undefined ? `write {{${name}}} if it is no placeholder` : `write "{${meant}}"`,
  })
}

/**
 * Fills the placeholders of one text of the config. `{{` and `}}` stand for single braces. `where`
 * names the setting in messages, such as `integrations.orders.provider.environment.DATABASE_URL`.
 *
 * Throws a `UserError` for a placeholder that nothing fills, with the nearest name that is filled,
 * and for a brace that belongs to none.
 *
 * @example
 * fillPlaceholders('--port={port} --body={{}}', { port: '4000' }, 'start.command') // '--port=4000 --body={}'
 */
export const fillPlaceholders = (text: string, values: PlaceholderValues, where: string): string =>
  text.replaceAll(pieces, (piece: string, name: string | undefined) => {
    if (piece === '{{' || piece === '}}') return piece.charAt(0)
    if (name === undefined) throw looseBrace(piece, text, where)
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    if (value === undefined) throw unfilled(name, Object.keys(values), where)
    return value
  })
