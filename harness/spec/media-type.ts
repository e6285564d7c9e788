/** A media type or range, taken apart (RFC 9110, section 8.3.1). All in lower case. */
export interface MediaType {
  readonly type: string
  readonly subtype: string
  /** What follows the last `+` of the subtype, or the whole subtype. */
  readonly suffix: string
  readonly parameters: Readonly<Record<string, string>>
}

/**
 * Takes a media type apart; `undefined` where it is none.
 *
 * @example
 * parseMediaType('application/problem+json; charset=utf-8')?.suffix // 'json'
 */
export const parseMediaType = (text: string): MediaType | undefined => {
  const [essence = '', ...rest] = text.split(';')
  const match = /^\s*([\w!#$&^.+*-]+)\/([\w!#$&^.+*-]+)\s*$/.exec(essence)
  if (match === null) return undefined
  const subtype = (match[2] ?? '').toLowerCase()
  const parameters = Object.fromEntries(
    rest
      .map((part) => /^\s*([^=\s]+)\s*=\s*"?([^"]*?)"?\s*$/.exec(part))
      .filter((part) => part !== null)
      .map((part) => [(part[1] ?? '').toLowerCase(), (part[2] ?? '').toLowerCase()]),
  )
  return {
    type: (match[1] ?? '').toLowerCase(),
    subtype,
    suffix: subtype.slice(subtype.lastIndexOf('+') + 1),
    parameters,
  }
}

/** Type and subtype without parameters, in lower case: `application/json`. */
export const essenceOf = (text: string): string => {
  const parsed = parseMediaType(text)
  return parsed === undefined ? text.trim().toLowerCase() : `${parsed.type}/${parsed.subtype}`
}

/** Whether a body of this media type is JSON (RFC 8259, and RFC 6839 for the suffix). */
export const isJson = (text: string): boolean => {
  const parsed = parseMediaType(text)
  return parsed !== undefined && parsed.suffix === 'json'
}

/** Whether a body of this media type is a form of fields (OpenAPI 3.1, 4.8.14.4). */
export const isForm = (text: string): boolean =>
  essenceOf(text) === 'application/x-www-form-urlencoded'

/** Whether a body of this media type is text that can be shown and compared as such. */
export const isText = (text: string): boolean => parseMediaType(text)?.type === 'text'

/** How closely a documented key fits: parameters named there must be there; ranges fit loosest. */
const fit = (documented: string, actual: MediaType): number => {
  const wanted = parseMediaType(documented)
  if (wanted === undefined) return 0
  if (wanted.type !== '*' && wanted.type !== actual.type) return 0
  if (wanted.subtype !== '*' && wanted.subtype !== actual.subtype) return 0
  const specificity = (wanted.type === '*' ? 0 : 1) + (wanted.subtype === '*' ? 0 : 1)
  // A charset says how text is written down, not what is: it does not make a type another one.
  const { charset: _, ...parameters } = wanted.parameters
  const named = Object.entries(parameters)
  if (!named.every(([key, value]) => actual.parameters[key] === value)) return 0
  return 1 + specificity * 100 + named.length
}

/**
 * The documented media type that speaks for an actual one: the most specific that matches
 * (OpenAPI 3.1, 4.8.17 `content`), or `undefined`.
 *
 * @example
 * bestMediaType('application/json; charset=utf-8', ['text/*', 'application/json']) // 'application/json'
 */
export const bestMediaType = (actual: string, documented: Iterable<string>): string | undefined => {
  const parsed = parseMediaType(actual)
  if (parsed === undefined) return undefined
  let best: string | undefined
  let bestFit = 0
  for (const key of documented) {
    const keyFit = fit(key, parsed)
    if (keyFit > bestFit) {
      best = key
      bestFit = keyFit
    }
  }
  return best
}
