import type { CredentialConfig } from '../config/schema.ts'
import { UserError } from '../model/user-error.ts'

const form =
  "NAME=Header: value, or NAME=?parameter: value for one in the query; '; scopes=a,b' behind it for what it may do, '; rejected=401' for one that must not work"

const wrong = (): UserError =>
  new UserError({
    // Nothing of it is shown: without its form nobody knows which part is the secret.
    problem: 'a --credential cannot be read',
    expected: form,
    fix: "--credential 'admin=Authorization: Bearer TOKEN'",
  })

/** What stands behind the value, from its end: only what is one of ours is taken off it. */
const said = /;\s*(?:rejected=(?<rejected>4\d\d)|scopes=(?<scopes>[^\s;,]+(?:,[^\s;,]+)*))$/

const unwrapped = (
  text: string,
): { readonly value: string; readonly more: Pick<CredentialConfig, 'scopes' | 'rejected'> } => {
  const found = said.exec(text)
  if (found === null) return { value: text, more: {} }
  const { rejected, scopes } = found.groups ?? {}
  const inner = unwrapped(text.slice(0, found.index))
  return {
    value: inner.value,
    more: {
      ...inner.more,
      ...(rejected === undefined ? {} : { rejected: Number(rejected) }),
      ...(scopes === undefined ? {} : { scopes: scopes.split(',') }),
    },
  }
}

/**
 * Reads `--credential 'admin=Authorization: Bearer …; scopes=read; rejected=401'`, or
 * `'partner=?key: …'` for a parameter of the query. The value itself never shows in a message.
 *
 * Throws a `UserError` for what has another form.
 *
 * @example
 * parseCredential('admin=Authorization: Bearer x') // ['admin', { header: { Authorization: 'Bearer x' } }]
 */
export const parseCredential = (text: string): readonly [name: string, CredentialConfig] => {
  const match =
    /^(?<name>[A-Za-z][\w-]*)=(?:(?<header>[!#$%&'*+.^`|~\w-]+)|\?(?<parameter>[^\s:=&#]+)):\s*(?<rest>.+)$/s.exec(
      text,
    )
  const { name, header, parameter, rest } = match?.groups ?? {}
  if (name === undefined || rest === undefined) throw wrong()
  const { value, more } = unwrapped(rest)
  if (header !== undefined) return [name, { header: { [header]: value }, ...more }]
  if (parameter !== undefined) return [name, { query: { [parameter]: value }, ...more }]
  throw wrong()
}
