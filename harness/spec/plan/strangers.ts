import type { Credential } from '../../model/credential.ts'
import type { SecurityAlternative, SecurityScheme, Spec, Stranger } from '../types.ts'
import { isLetIn, speaksAny } from './choose-credentials.ts'

/** Somebody who must not be let in: by what is sent as a credential. */
export interface StrangerForm {
  readonly who: Stranger
  /** As the sentence ends: `to a request without a credential`. */
  readonly words: string
  /** Credentials of the integration, by name. */
  readonly credentials: readonly string[]
  /** What is made up. */
  readonly fields: Credential['fields']
  /** What should say so: 401 (RFC 9110, 15.5.2), or 403 to who is known and may not (15.5.4). */
  readonly status: number
}

const unknown = 'proofbook-unknown'
const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`

const header = (name: string, value: string): Credential['fields'][number] => ({
  in: 'header',
  name,
  value,
})

type Field = Credential['fields'][number]

/** What is sent where a scheme wants its credential, by what is wrong with it. */
const made = (
  scheme: SecurityScheme,
): Partial<Record<'malformed' | 'scheme' | 'unknown', Field>> => {
  if (scheme.type === 'apiKey') {
    if (scheme.in === undefined || scheme.field === undefined) return {}
    return {
      unknown: { in: scheme.in, name: scheme.field, value: unknown },
      scheme: header('Authorization', `Bearer ${unknown}`),
    }
  }
  if (scheme.type === 'http' && scheme.scheme === 'basic')
    return {
      malformed: header('Authorization', 'Basic proofbook'),
      unknown: header('Authorization', basic('proofbook:proofbook')),
      scheme: header('Authorization', `Bearer ${unknown}`),
    }
  const isBearer = scheme.type === 'http' ? scheme.scheme === 'bearer' : scheme.type !== 'mutualTLS'
  if (!isBearer) return {}
  return {
    malformed: header('Authorization', 'Bearer'),
    unknown: header('Authorization', `Bearer ${unknown}`),
    scheme: header('Authorization', basic('proofbook:proofbook')),
  }
}

const wordsFor = {
  malformed: 'with half a credential',
  scheme: 'with a credential of another scheme',
  unknown: 'with a credential that nobody knows',
} as const

const madeUp = (
  security: readonly SecurityAlternative[],
  schemes: Spec['securitySchemes'],
): readonly StrangerForm[] => {
  const all = security.flat().flatMap(({ scheme }) => schemes[scheme] ?? [])
  const forms = all.flatMap((scheme) =>
    (Object.entries(made(scheme)) as [keyof typeof wordsFor, Field][]).map(
      ([who, field]): StrangerForm => ({
        who,
        words: wordsFor[who],
        credentials: [],
        fields: [field],
        status: 401,
      }),
    ),
  )
  const keyed = new Map(forms.map((one) => [JSON.stringify(one.fields), one]))
  return [...keyed.values()]
}

/** Credentials of the integration that are worth nothing here, and why. */
const ofOthers = (
  security: readonly SecurityAlternative[],
  credentials: readonly Credential[],
  schemes: Spec['securitySchemes'],
): readonly StrangerForm[] =>
  credentials.flatMap((credential): StrangerForm[] => {
    const { name, rejected } = credential
    const own = { credentials: [name], fields: [] }
    const isSpoken = speaksAny(credential, security, schemes)
    if (rejected !== undefined)
      return isSpoken
        ? [
            {
              ...own,
              who: 'rejected',
              words: `as ${name}, which must be rejected`,
              status: rejected,
            },
          ]
        : []
    if (isLetIn(credential, security, schemes)) return []
    // Alone it is not enough, and with others it may be.
    if (security.some((alternative) => alternative.length > 1)) return []
    return isSpoken
      ? [{ ...own, who: 'scopes', words: `as ${name}, which lacks the scope`, status: 403 }]
      : [{ ...own, who: 'scheme', words: `as ${name}, which is for other operations`, status: 401 }]
  })

/** Names of people: what looks like a key may be all that is needed, whatever the password. */
const isName = (user: string): boolean => /^[a-z][a-z._-]{1,30}(@[a-z.-]+)?$/i.test(user)

/** Too short for a password: some services take any where the user is a key. */
const passwordMin = 6

/** Somebody whom the provider knows, with another password (RFC 7617, 2). */
const impostors = (
  security: readonly SecurityAlternative[],
  credentials: readonly Credential[],
  schemes: Spec['securitySchemes'],
): readonly StrangerForm[] => {
  const isBasic = security.flat().some(({ scheme }) => schemes[scheme]?.scheme === 'basic')
  if (!isBasic) return []
  return credentials
    .filter((one) => one.rejected === undefined && isLetIn(one, security, schemes))
    .flatMap(({ fields }) => fields)
    .flatMap(({ name, value }): StrangerForm[] => {
      const text = /^authorization$/i.test(name) ? /^Basic (\S+)$/i.exec(value)?.[1] : undefined
      const [user = '', ...rest] = Buffer.from(text ?? '', 'base64')
        .toString()
        .split(':')
      if (!isName(user) || rest.join(':').length < passwordMin) return []
      const fields = [header('Authorization', basic(`${user}:proofbook`))]
      return [
        { who: 'unknown', words: 'with another password', credentials: [], fields, status: 401 },
      ]
    })
    .slice(0, 1)
}

/**
 * Everybody who must not be let in by an operation; nobody where it asks for no credential.
 *
 * @example
 * strangersFor([[{ scheme: 'bearer', scopes: [] }]], [], schemes)[0]?.words // 'without a credential'
 */
export const strangersFor = (
  security: readonly SecurityAlternative[],
  credentials: readonly Credential[],
  schemes: Spec['securitySchemes'],
  isOurs = true,
): readonly StrangerForm[] =>
  security.length === 0 || security.some((alternative) => alternative.length === 0)
    ? []
    : [
        { who: 'nobody', words: 'without a credential', credentials: [], fields: [], status: 401 },
        ...madeUp(security, schemes),
        // Elsewhere a wrong password may lock somebody out.
        ...(isOurs ? impostors(security, credentials, schemes) : []),
        ...ofOthers(security, credentials, schemes),
      ]
