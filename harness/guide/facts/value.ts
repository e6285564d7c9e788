/** A value as pages write it: in code, or a bare number or truth with its unit. */
export const valuePattern =
  '(?:`(?<code>[^`]+)`|(?<bare>-?\\d(?:[\\d_,\\u00a0\\u202f ]*\\d)?(?:\\.\\d+)?|true|false)(?:\\s?(?<unit>ms|milliseconds?|s|secs?|seconds?|min|minutes?|h|hours?|days?|%|[kKMG]i?B|bytes?)\\b)?)'

/** What a match of {@link valuePattern} says. */
export const valueOf = (groups: Readonly<Record<string, string | undefined>>): string => {
  const { code, bare = '', unit } = groups
  if (code !== undefined) return code
  return unit === undefined ? bare.trim() : `${bare.trim()} ${unit}`
}

const milliseconds: Readonly<Record<string, number>> = {
  ms: 1,
  millisecond: 1,
  s: 1000,
  sec: 1000,
  second: 1000,
  m: 60_000,
  min: 60_000,
  minute: 60_000,
  h: 3_600_000,
  hour: 3_600_000,
  day: 86_400_000,
}
const bytes: Readonly<Record<string, number>> = {
  B: 1,
  byte: 1,
  kB: 1000,
  KB: 1000,
  KiB: 1024,
  MB: 1e6,
  MiB: 1024 ** 2,
  GB: 1e9,
  GiB: 1024 ** 3,
}

interface Amount {
  readonly number: number
  /** Absent: nobody says what it counts. */
  readonly unit?: 'time' | 'size' | 'other'
}

const amount = /^(-?\d[\d_, \u00a0\u202f]*(?:\.\d+)?)\s*([A-Za-z%]*)$/
/** Commas and blanks part thousands, and nothing else. */
const grouped = /^-?\d{1,3}(?:[_, \u00a0\u202f]\d{3})+(?:\.\d+)?$|^-?\d+(?:\.\d+)?$/

const amountOf = (text: string): Amount | undefined => {
  const [, digits = '', word = ''] = amount.exec(text) ?? []
  if (!grouped.test(digits.trim())) return undefined
  const number = Number(digits.replaceAll(/[^\d.-]/g, ''))
  if (word === '') return { number }
  const singular = word.length > 3 ? word.replace(/s$/, '') : word.replace(/^secs$/, 'sec')
  const time = milliseconds[singular]
  if (time !== undefined) return { number: number * time, unit: 'time' }
  const size = bytes[singular]
  return size === undefined ? { number, unit: 'other' } : { number: number * size, unit: 'size' }
}

/** The unit that a setting's name says: `PAYMENTS_TIMEOUT_MS`. */
const unitOfName = (name: string): string | undefined => {
  if (/(?:_MS|_MILLIS(?:ECONDS)?|Ms|Millis)$/.test(name)) return 'ms'
  if (/(?:_S|_SEC|_SECS|_SECONDS|Seconds)$/.test(name)) return 's'
  if (/(?:_MINUTES|_MINS?|Minutes)$/.test(name)) return 'min'
  return undefined
}

const bare = (text: string): string => text.trim().replaceAll(/^(["'])(.*)\1$/g, '$2')

const truths: Readonly<Record<string, string>> = {
  true: 'true',
  yes: 'true',
  on: 'true',
  enabled: 'true',
  false: 'false',
  no: 'false',
  off: 'false',
  disabled: 'false',
}

/** Words that stand for a value that is not there, or that nobody wants to write down. */
const noValue =
  /^(?:|-+|–|—|none|empty|unset|null|n\/a|required|todo|changeme|…|\.\.\.|<.*>|\[.*\])$/i

/** Whether words are a value at all, and not a dash, `none`, `required` or a placeholder. */
export const saysValue = (text: string): boolean =>
  !noValue.test(bare(text)) && !/\$\{|\{\{|\$\(/.test(text)

/**
 * Whether two values of a setting are the same; `undefined` where that cannot be said: one is a number
 * without a unit and the other has one that the name does not tell.
 *
 * @example
 * sameValue('PAYMENTS_TIMEOUT_MS', '2 s', '2000') // true
 */
export const sameValue = (name: string, a: string, b: string): boolean | undefined => {
  const [one, other] = [bare(a), bare(b)]
  if (one === other) return true
  if (!saysValue(one) || !saysValue(other)) return undefined
  const [x, y] = [amountOf(one), amountOf(other)]
  if (x !== undefined && y !== undefined) {
    const unit = unitOfName(name)
    const full = (value: Amount, text: string): Amount =>
      value.unit === undefined && unit !== undefined
        ? (amountOf(`${text} ${unit}`) ?? value)
        : value
    const [p, q] = x.unit === y.unit ? [x, y] : [full(x, one), full(y, other)]
    return p.unit === q.unit ? p.number === q.number : undefined
  }
  if ((x === undefined) !== (y === undefined)) return undefined
  const [t, u] = [truths[one.toLowerCase()], truths[other.toLowerCase()]]
  if (t !== undefined && u !== undefined) return t === u
  if ((t === undefined) !== (u === undefined)) return undefined
  return one.toLowerCase().replace(/\/$/, '') === other.toLowerCase().replace(/\/$/, '')
}
