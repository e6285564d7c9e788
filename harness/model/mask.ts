const shown = '***'

/** Below this length a value is too common to hide without hiding the rest of the text with it. */
const lengthMin = 4

/** The same for one line of a secret that has several: `-----` and the like stand everywhere. */
const lineLengthMin = 8

const percent = (character: string): string =>
  `%${character.charCodeAt(0).toString(16).toUpperCase()}`

/** All the ways in which a secret may stand in a request, a log or a file of ours. */
const forms = (secret: string): readonly string[] => {
  const encoded = encodeURIComponent(secret)
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encoded,
    // RFC 3986 reserves what encodeURIComponent leaves alone, and forms have an encoding of their own.
    encoded.replaceAll(/[!'()*]/g, percent),
    new URLSearchParams([['', secret]]).toString().slice(1),
    Buffer.from(secret).toString('base64'),
  ]
}

/** A log shows a secret of several lines one line at a time; short ones say nothing of it. */
const linesOf = (secret: string): readonly string[] =>
  /[\r\n]/.test(secret)
    ? secret.split(/[\r\n]+/).filter((line) => line.length >= lineLengthMin)
    : []

/**
 * Makes a function that hides secrets in text: as they are, JSON-escaped, URL-encoded and in
 * base64, the longest first, so that no rest of a longer one stays visible.
 *
 * @example
 * const mask = maskOf(['s3cret-token'])
 * mask('Authorization: Bearer s3cret-token') // 'Authorization: Bearer ***'
 */
export const maskOf = (secrets: Iterable<string>): ((text: string) => string) => {
  const parts = [...secrets].flatMap((secret) => [secret, ...linesOf(secret)])
  const all = new Set(parts.filter((secret) => secret.length >= lengthMin).flatMap(forms))
  const longestFirst = [...all].toSorted((a, b) => b.length - a.length)
  return (text) => longestFirst.reduce((masked, secret) => masked.replaceAll(secret, shown), text)
}

/**
 * A value with each text in it masked; bytes stay as they are.
 *
 * @example
 * masked({ actual: 'token 4f6a2b91c0' }, maskOf(['4f6a2b91c0'])) // { actual: 'token ***' }
 */
export const masked = <Value>(value: Value, mask: (text: string) => string): Value => {
  const inside = (one: unknown): unknown => {
    if (typeof one === 'string') return mask(one)
    if (Array.isArray(one)) return one.map(inside)
    if (typeof one !== 'object' || one === null || one instanceof Uint8Array) return one
    return Object.fromEntries(Object.entries(one).map(([key, member]) => [key, inside(member)]))
  }
  return inside(value) as Value
}
