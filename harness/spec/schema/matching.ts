import * as fc from 'fast-check'

/** How long texts of a pattern become where it does not say. */
export type TextSize = '-1' | '='

/** Assertions without which a pattern can be made; what was made is then held to the whole. */
const lookarounds = /\(\?<?[=!](?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)/g

const knownMax = 500
const known = new Map<string, fc.Arbitrary<string> | undefined>()

const made = (pattern: string, size: TextSize): fc.Arbitrary<string> | undefined => {
  for (const one of new Set([pattern, pattern.replaceAll(lookarounds, '')])) {
    try {
      return fc.stringMatching(new RegExp(one, 'u'), { size })
    } catch {
      // No pattern at all, or one that fast-check cannot read: without its lookarounds it may.
    }
  }
  return undefined
}

/**
 * Texts of a pattern, all but for its lookarounds; `undefined` where it cannot be read. Each is made
 * once: reading a pattern takes longer than writing a hundred texts of it.
 *
 * @example
 * textsMatching('^[A-Z]{3}$', '=')
 */
export const textsMatching = (
  pattern: string,
  size: TextSize,
): fc.Arbitrary<string> | undefined => {
  const key = `${size} ${pattern}`
  if (!known.has(key)) {
    if (known.size >= knownMax) known.clear()
    known.set(key, made(pattern, size))
  }
  return known.get(key)
}
