import type { CredentialConfig } from '../config/schema.ts'
import { UserError } from '../model/user-error.ts'

const form = "NAME=Header: value, with '; rejected=401' behind it for one that must not work"

const wrong = (): UserError =>
  new UserError({
    // Nothing of it is shown: without its form nobody knows which part is the secret.
    problem: 'a --credential cannot be read',
    expected: form,
    fix: "--credential 'admin=Authorization: Bearer TOKEN'",
  })

/**
 * Reads `--credential 'admin=Authorization: Bearer …; rejected=401'`. The value itself never shows
 * in a message.
 *
 * Throws a `UserError` for what has another form.
 *
 * @example
 * parseCredential('admin=Authorization: Bearer x') // ['admin', { header: { Authorization: 'Bearer x' } }]
 */
export const parseCredential = (text: string): readonly [name: string, CredentialConfig] => {
  const match =
    /^(?<name>[A-Za-z][\w-]*)=(?<header>[!#$%&'*+.^`|~\w-]+):\s*(?<value>.+?)(?:;\s*rejected=(?<rejected>4\d\d))?$/s.exec(
      text,
    )
  const { name, header, value, rejected } = match?.groups ?? {}
  if (name === undefined || header === undefined || value === undefined) throw wrong()
  return [
    name,
    {
      header: { [header]: value },
      ...(rejected === undefined ? {} : { rejected: Number(rejected) }),
    },
  ]
}
