import type { Exchange } from './http.ts'

/** Shorter values stand in too much else to be hidden there. */
const lengthMin = 8

/** Members of a JSON body that hold what lets somebody in (RFC 6749, 5.1, and what is like it). */
const members =
  /"(?:(?:access|refresh|id|session)[_-]?token|client[_-]?secret|api[_-]?key|private[_-]?key)"\s*:\s*("(?:[^"\\]|\\.)*")/gi

const bytesMax = 1024 * 1024

const inBody = (body: Uint8Array): readonly string[] =>
  [...new TextDecoder().decode(body.subarray(0, bytesMax)).matchAll(members)].flatMap(
    ([, text = '""']): string[] => {
      try {
        return [JSON.parse(text) as string]
      } catch {
        return []
      }
    },
  )

/** The value of a cookie (RFC 6265, 4.1.1), without what is said of it. */
const inCookie = (field: string): string => {
  const [pair = ''] = field.split(';', 1)
  return pair
    .slice(pair.indexOf('=') + 1)
    .trim()
    .replace(/^"(.*)"$/, '$1')
}

/**
 * Secrets that nobody configured, because the provider makes them: cookies that it sets, tokens that
 * it gives out. They let in whoever reads the evidence as long as they are good.
 *
 * @example
 * answeredSecrets([{ request, answer: { ...answer, headers: [['Set-Cookie', 'session=4f6a2b91c0']] } }])
 * // ['4f6a2b91c0']
 */
export const answeredSecrets = (exchanges: Iterable<Exchange>): readonly string[] => {
  const found = new Set<string>()
  for (const { answer } of exchanges) {
    if (answer === undefined) continue
    for (const [name, value] of answer.headers)
      if (name.toLowerCase() === 'set-cookie') found.add(inCookie(value))
    for (const value of inBody(answer.body)) found.add(value)
  }
  return [...found].filter((value) => value.length >= lengthMin)
}
