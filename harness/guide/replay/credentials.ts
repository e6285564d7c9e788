import type { Credential } from '../../model/credential.ts'
import { nearest } from '../../model/nearest.ts'
import { UserError } from '../../model/user-error.ts'
import type { HttpRequest } from '../../model/http.ts'
import type { Words } from '../types.ts'

/** The name that stands for no credential at all. */
const nobody = 'nobody'

/**
 * The credential that a page names with `as`, else the first. `nobody` stands for none. Throws a
 * `UserError` for a name that the config does not have.
 *
 * @example
 * pickCredential(world.credentials, { text: 'writer', place })?.name // 'writer'
 */
export const pickCredential = (
  credentials: readonly Credential[],
  named: Words | undefined,
): Credential | undefined => {
  if (named === undefined) return credentials[0]
  const found = credentials.find(({ name }) => name === named.text)
  if (found !== undefined || named.text === nobody) return found
  const names = [...credentials.map(({ name }) => name), nobody]
  const meant = nearest(named.text, names)
  throw new UserError({
    problem: `no credential is named "${named.text}"`,
    place: named.place,
    expected: `one of ${names.join(', ')}`,
    fix: meant === undefined ? 'add it to the credentials of the config' : `write "${meant}"`,
  })
}

const withQuery = (url: string, name: string, value: string): string =>
  `${url}${url.includes('?') ? '&' : '?'}${encodeURIComponent(name)}=${encodeURIComponent(value)}`

/** The request with a credential; a header that it has already stays as it is. */
export const withCredential = (
  request: HttpRequest,
  credential: Credential | undefined,
): HttpRequest => {
  let { url } = request
  const headers = [...request.headers]
  for (const { in: where, name, value } of credential?.fields ?? []) {
    if (where === 'query') url = withQuery(url, name, value)
    if (where === 'cookie') headers.push(['Cookie', `${name}=${value}`])
    const present = headers.some(([known]) => known.toLowerCase() === name.toLowerCase())
    if (where === 'header' && !present) headers.push([name, value])
  }
  return { ...request, url, headers }
}
