const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, substitution))
    }
    row = next
  }
  return row[b.length] ?? 0
}

/**
 * The known name that a mistyped one most likely means, by edit distance (Levenshtein), or
 * `undefined` where none is close.
 *
 * @example
 * nearest('databse.url', ['database.url', 'payments.url']) // 'database.url'
 */
export const nearest = (typed: string, known: Iterable<string>): string | undefined => {
  const bound = Math.max(2, Math.floor(typed.length / 3))
  let best: string | undefined
  let bestDistance = bound + 1
  for (const name of known) {
    if (Math.abs(name.length - typed.length) >= bestDistance) continue
    const d = distance(typed.toLowerCase(), name.toLowerCase())
    if (d < bestDistance) {
      best = name
      bestDistance = d
    }
  }
  return best
}
