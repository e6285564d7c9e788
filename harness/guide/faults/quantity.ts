import type { Attribute } from '../../testbed/link/toxics/shape.ts'

type Unit = Attribute['unit']

const factors: Readonly<Record<Unit, Readonly<Record<string, number>>>> = {
  ms: { ms: 1, s: 1000, m: 60_000 },
  µs: { us: 1, µs: 1, ms: 1000, s: 1_000_000 },
  bytes: { '': 1, b: 1, byte: 1, bytes: 1, kb: 1000, mb: 1_000_000 },
  'kB/s': { 'kb/s': 1, 'mb/s': 1000 },
}

const examples: Readonly<Record<Unit, string>> = {
  ms: '500 ms',
  µs: '10 µs',
  bytes: '100 bytes',
  'kB/s': '10 kB/s',
}

/** How a quantity of a unit is written, for messages. */
export const exampleOf = (unit: Unit): string => examples[unit]

/**
 * A quantity as a page writes it, in its unit. `undefined` for what is none.
 *
 * @example
 * parseQuantity('1.5 s', 'ms') // 1500
 */
export const parseQuantity = (text: string, unit: Unit): number | undefined => {
  const match = /^(\d+(?:\.\d+)?)\s*([a-zµ/]*)$/i.exec(text.trim())
  const factor = match === null ? undefined : factors[unit][(match[2] ?? '').toLowerCase()]
  return factor === undefined ? undefined : Number(match?.[1]) * factor
}
