/** What stands in double braces: takes anything, keeps what came under a name, or uses what was kept. */
export type Hole =
  | { readonly kind: 'any' }
  | { readonly kind: 'new'; readonly name: string }
  | { readonly kind: 'use'; readonly name: string }

/** A hole and where it stands in its text. */
export interface PlacedHole {
  readonly hole: Hole
  readonly index: number
  readonly length: number
}

/** Values that a case kept, by name. */
export type Kept = Map<string, unknown>

const pattern = /\{\{\s*(?:(new)\s+)?([A-Za-z_][\w-]*)\s*\}\}/g

const holeOf = (isNew: boolean, name: string): Hole =>
  isNew ? { kind: 'new', name } : name === 'any' ? { kind: 'any' } : { kind: 'use', name }

/**
 * The holes of a text, in order.
 *
 * @example
 * holesIn('/orders/{{order}}') // [{ hole: { kind: 'use', name: 'order' }, index: 8, length: 9 }]
 */
export const holesIn = (text: string): readonly PlacedHole[] =>
  [...text.matchAll(pattern)].map((match) => ({
    hole: holeOf(match[1] !== undefined, match[2] ?? ''),
    index: match.index,
    length: match[0].length,
  }))

/**
 * The hole that is the whole text, if it is one.
 *
 * @example
 * wholeHole('{{any}}') // { kind: 'any' }
 */
export const wholeHole = (text: string): Hole | undefined => {
  const [first] = holesIn(text)
  return first?.index === 0 && first.length === text.length ? first.hole : undefined
}

/**
 * A kept value as text: strings as they are, everything else as JSON.
 *
 * @example
 * textOf(12) // '12'
 */
export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined')

/** A name in braces for which nothing was kept. */
export class NothingKept extends Error {
  override readonly name = 'NothingKept'
  readonly missing: string

  constructor(missing: string) {
    super(`nothing was kept as "${missing}"`)
    this.missing = missing
  }
}

/** The kept value of a name. Throws `NothingKept` where there is none. */
export const keptValue = (kept: Kept, name: string): unknown => {
  if (!kept.has(name)) throw new NothingKept(name)
  return kept.get(name)
}

/**
 * The text with its names replaced by what was kept. Throws `NothingKept`.
 *
 * @example
 * fillText('/orders/{{order}}', new Map([['order', 12]]), encodeURIComponent) // '/orders/12'
 */
export const fillText = (
  text: string,
  kept: Kept,
  encode: (value: string) => string = (value) => value,
): string => {
  let filled = ''
  let from = 0
  for (const { hole, index, length } of holesIn(text)) {
    filled += text.slice(from, index)
    filled += hole.kind === 'use' ? encode(textOf(keptValue(kept, hole.name))) : ''
    from = index + length
  }
  return filled + text.slice(from)
}

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)

/**
 * Whether a text fits a text with holes; what new names take is kept. `part` looks for it anywhere
 * in the text instead of asking for the whole of it.
 *
 * @example
 * fitsText('/orders/{{new order}}', '/orders/7', kept) // true, and kept.get('order') is '7'
 */
export const fitsText = (template: string, actual: string, kept: Kept, part = false): boolean => {
  const names: string[] = []
  let source = ''
  let from = 0
  for (const { hole, index, length } of holesIn(template)) {
    source += escaped(template.slice(from, index))
    if (hole.kind === 'use') source += escaped(textOf(keptValue(kept, hole.name)))
    else {
      source += '([^\\n]+?)'
      names.push(hole.kind === 'new' ? hole.name : '')
    }
    from = index + length
  }
  source += escaped(template.slice(from))
  const match = new RegExp(part ? source : `^${source}$`, 's').exec(actual)
  if (match === null) return false
  for (const [index, name] of names.entries()) {
    if (name !== '') kept.set(name, match[index + 1])
  }
  return true
}
