const millisecondsOf = { ms: 1, s: 1000, m: 60_000 } as const

/**
 * The milliseconds that a time such as `500ms`, `2.5s`, `3 s` or `2m` means; `undefined` for what
 * is no time.
 *
 * @example
 * parseDuration('2.5s') // 2500
 */
export const parseDuration = (text: string): number | undefined => {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|m)$/.exec(text.trim())
  if (match === null) return undefined
  const unit = match[2] as keyof typeof millisecondsOf
  return Number(match[1]) * millisecondsOf[unit]
}
