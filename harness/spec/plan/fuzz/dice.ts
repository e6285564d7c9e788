import { createHash } from 'node:crypto'
import * as fc from 'fast-check'

/** Choices by chance, the same for the same seed. */
export interface Dice {
  /** A whole number from 0, below `sides`; 0 where there are none. */
  roll(sides: number): number
  /** One of a list; `undefined` of an empty one. */
  pick<Item>(items: readonly Item[]): Item | undefined
  /** Whether something that happens so often - once in `times` - happens now. */
  happens(times: number): boolean
}

const rollsMax = 4096

/**
 * Dice for one thing: `what` tells them from those for another under the same seed.
 *
 * @example
 * diceFor(1, 'POST /orders').roll(6) // 3, each time that it is asked for anew
 */
export const diceFor = (seed: number, what: string): Dice => {
  const own = createHash('sha256').update(`${seed} ${what}`).digest().readInt32BE(0)
  const numbers = fc.sample(fc.noBias(fc.nat()), { seed: own, numRuns: rollsMax })
  let turn = 0
  const roll = (sides: number): number => {
    const number = numbers[turn % numbers.length] ?? 0
    turn += 1
    return sides <= 1 ? 0 : number % sides
  }
  return { roll, pick: (items) => items[roll(items.length)], happens: (times) => roll(times) === 0 }
}
