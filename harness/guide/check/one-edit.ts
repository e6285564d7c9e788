/**
 * Whether two words are one edit apart: a letter more, less or another, or two that changed places.
 *
 * @example
 * oneEdit('PAYMENT', 'PAYMENTS') // true
 */
export const oneEdit = (a: string, b: string): boolean => {
  if (a === b || Math.abs(a.length - b.length) > 1) return false
  let from = 0
  while (from < Math.min(a.length, b.length) && a[from] === b[from]) from += 1
  const [restA, restB] = [a.slice(from), b.slice(from)]
  return (
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    restA.slice(1) === restB.slice(1) ||
    (restA.slice(2) === restB.slice(2) && restA[0] === restB[1] && restA[1] === restB[0])
  )
}

/** Short parts and numbers differ by one letter on purpose: `KEY_A` and `KEY_B`, `URL` and `URI`. */
const tells = (part: string): boolean => part.length >= 4 && !/\d/.test(part)

/**
 * The setting that a mistyped one plainly means: all of its parts but one are the same, and that one
 * is one edit away. `PAYMENTS_URL` is no mistyped `PAYMENTS_KEY`.
 *
 * @example
 * mistypedSetting('PAYMENT_KEY', ['PAYMENTS_KEY', 'PAYMENTS_URL']) // 'PAYMENTS_KEY'
 */
export const mistypedSetting = (name: string, known: readonly string[]): string | undefined =>
  known.find((candidate) => {
    const [a, b] = [name.split('_'), candidate.split('_')]
    if (a.length !== b.length) return false
    const [pair, ...more] = a.flatMap((part, index) =>
      part === b[index] ? [] : [[part, b[index] ?? ''] as const],
    )
    return pair !== undefined && more.length === 0 && pair.some(tells) && oneEdit(...pair)
  })
