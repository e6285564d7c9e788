import type { Credential } from '../../model/credential.ts'
import type { SecurityAlternative, SecurityScheme } from '../types.ts'

/** Which credentials a request gets, by name; `isLacking` where the document asks for one that nobody gave. */
export interface ChosenCredentials {
  readonly names: readonly string[]
  readonly isLacking: boolean
}

const has = (credential: Credential, place: string, name: string): boolean =>
  credential.fields.some(
    (field) =>
      field.in === place &&
      (place === 'header' ? field.name.toLowerCase() === name.toLowerCase() : field.name === name),
  )

const authorization = (credential: Credential): string | undefined =>
  credential.fields.find(
    ({ in: place, name }) => place === 'header' && name.toLowerCase() === 'authorization',
  )?.value

/** Whether a credential speaks a scheme's language, whatever it is worth there. */
const speaks = (credential: Credential, scheme: SecurityScheme): boolean => {
  if (scheme.type === 'apiKey') {
    return (
      scheme.in !== undefined &&
      scheme.field !== undefined &&
      has(credential, scheme.in, scheme.field)
    )
  }
  if (scheme.type === 'mutualTLS') return false
  const value = authorization(credential)
  if (value === undefined) return false
  // OAuth 2.0 and OpenID Connect hand their tokens over as bearer tokens (RFC 6750).
  const expected = scheme.type === 'http' ? (scheme.scheme ?? 'bearer') : 'bearer'
  return value.toLowerCase().startsWith(`${expected} `)
}

/** A credential that names no scopes has all. */
const reaches = (credential: Credential, scopes: readonly string[]): boolean =>
  credential.scopes === undefined || scopes.every((scope) => credential.scopes?.includes(scope))

const scopesOf = (alternative: SecurityAlternative): readonly string[] =>
  alternative.flatMap(({ scopes }) => scopes)

const satisfying = (
  alternative: SecurityAlternative,
  usable: readonly Credential[],
  schemes: Readonly<Record<string, SecurityScheme>>,
): readonly string[] | undefined => {
  const fits = (
    credential: Credential,
    { scheme, scopes }: SecurityAlternative[number],
  ): boolean => {
    const described = schemes[scheme]
    return described !== undefined && speaks(credential, described) && reaches(credential, scopes)
  }
  const single = usable.find((credential) =>
    alternative.every((needed) => fits(credential, needed)),
  )
  if (single !== undefined) return [single.name]
  const each = alternative.map(
    (needed) => usable.find((credential) => fits(credential, needed))?.name,
  )
  return each.every((name) => name !== undefined) ? [...new Set(each)] : undefined
}

/** Whether a credential alone is enough for one of the alternatives. */
export const isLetIn = (
  credential: Credential,
  security: readonly SecurityAlternative[],
  schemes: Readonly<Record<string, SecurityScheme>>,
): boolean =>
  security.some((alternative) => satisfying(alternative, [credential], schemes) !== undefined)

/** Whether a credential speaks any scheme that is asked for, whatever it is worth. */
export const speaksAny = (
  credential: Credential,
  security: readonly SecurityAlternative[],
  schemes: Readonly<Record<string, SecurityScheme>>,
): boolean =>
  security.flat().some(({ scheme }) => {
    const described = schemes[scheme]
    return described !== undefined && speaks(credential, described)
  })

/**
 * The credentials for a request that should be let in: none where none is asked for; else the first
 * that speaks a scheme of one of the alternatives, in their order, and has its scopes. Where none
 * speaks any scheme (documents describe them loosely), the first with the scopes. A credential that
 * must be rejected is never chosen.
 */
export const chooseCredentials = (
  security: readonly SecurityAlternative[],
  credentials: readonly Credential[],
  schemes: Readonly<Record<string, SecurityScheme>>,
): ChosenCredentials => {
  if (security.length === 0 || security.some((alternative) => alternative.length === 0)) {
    return { names: [], isLacking: false }
  }
  const usable = credentials.filter(({ rejected }) => rejected === undefined)
  for (const alternative of security) {
    const names = satisfying(alternative, usable, schemes)
    if (names !== undefined) return { names, isLacking: false }
  }
  const loose = security.flatMap((alternative) =>
    usable.filter((credential) => reaches(credential, scopesOf(alternative))),
  )[0]
  return loose === undefined
    ? { names: [], isLacking: true }
    : { names: [loose.name], isLacking: false }
}
