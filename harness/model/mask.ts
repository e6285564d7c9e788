const shown = '***'

/** Below this length a value is too common to hide without hiding the rest of the text with it. */
const lengthMin = 4

const forms = (secret: string): readonly string[] => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64'),
]

/**
 * Makes a function that hides secrets in text: as they are, JSON-escaped, URL-encoded and in
 * base64, the longest first, so that no rest of a longer one stays visible.
 *
 * @example
 * const mask = maskOf(['s3cret-token'])
 * mask('Authorization: Bearer s3cret-token') // 'Authorization: Bearer ***'
 */
export const maskOf = (secrets: Iterable<string>): ((text: string) => string) => {
  const all = new Set([...secrets].filter((secret) => secret.length >= lengthMin).flatMap(forms))
  const longestFirst = [...all].toSorted((a, b) => b.length - a.length)
  return (text) => longestFirst.reduce((masked, secret) => masked.replaceAll(secret, shown), text)
}
