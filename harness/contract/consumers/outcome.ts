import { differences, type Difference } from './differences.ts'
import type { Written } from './written.ts'

/** What became of one contract. */
export interface ContractOutcome {
  /** Its path in the folder of contracts. */
  readonly name: string
  readonly kind: 'new' | 'changed' | 'unchanged' | 'not-written'
  /** How it differs from the one that is there. */
  readonly differences: readonly Difference[]
}

/** A contract that two runs of the same tests wrote differently. */
export interface Unsteady {
  readonly name: string
  /** The run that wrote it, where the other did not. */
  readonly onlyIn?: 'first' | 'second'
  readonly differences: readonly Difference[]
}

/** The contracts that differ between two runs of the same tests. Pure. */
export const unsteady = (first: Written, second: Written): readonly Unsteady[] =>
  [...new Set([...first.keys(), ...second.keys()])].flatMap((name): readonly Unsteady[] => {
    const [one, other] = [first.get(name), second.get(name)]
    if (one === undefined) return [{ name, onlyIn: 'second', differences: [] }]
    if (other === undefined) return [{ name, onlyIn: 'first', differences: [] }]
    const found = differences(one.value, other.value)
    return found.length === 0 ? [] : [{ name, differences: found }]
  })

/** What becomes of the contracts that are there, given those that the tests wrote. Pure. */
export const outcomes = (there: Written, written: Written): readonly ContractOutcome[] =>
  [...new Set([...there.keys(), ...written.keys()])].toSorted().map((name) => {
    const [old, now] = [there.get(name), written.get(name)]
    if (now === undefined) return { name, kind: 'not-written', differences: [] }
    if (old === undefined) return { name, kind: 'new', differences: [] }
    const found = differences(old.value, now.value)
    return { name, kind: found.length === 0 ? 'unchanged' : 'changed', differences: found }
  })
