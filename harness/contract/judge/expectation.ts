import type { Node } from 'jsonc-parser'
import type { Place } from '../../model/place.ts'
import type { InteractionDetail } from '../contract.ts'
import {
  at,
  member,
  membersOf,
  nodePointer,
  parsedJson,
  placeWithin,
  startOf,
} from '../json-text.ts'
import type { PathStep } from './json-path.ts'

/** What a contract expects of one answer, and where in its file it says so. */
export interface Expectation {
  readonly response: Node | undefined
  placeOfStatus(): Place
  placeOfHeader(name: string): Place
  /** The nearest line there is: an element that the example does not have is asked for by the first. */
  placeOfBody(steps: readonly PathStep[]): Place
}

const follow = (body: Node | undefined, steps: readonly PathStep[]): Node | undefined => {
  let nearest = body
  for (const key of steps) {
    const next = member(nearest, key) ?? (typeof key === 'number' ? member(nearest, 0) : undefined)
    if (next === undefined) break
    nearest = next
  }
  return nearest
}

/**
 * The expectation of an interaction.
 *
 * @example
 * expectationOf(testCase.detail).placeOfBody(['lines', 0, 'id']).line
 */
export const expectationOf = ({ interaction, specification }: InteractionDetail): Expectation => {
  const { source, place } = interaction
  const { root } = parsedJson(source)
  const response = at(root, 'response')
  const recorded = at(response, 'body')
  const body = specification === '4' ? (at(recorded, 'content') ?? recorded) : recorded
  const placeOf = (node: Node | undefined): Place => {
    const found = node ?? response ?? root
    const pointer = `${place.pointer ?? ''}${nodePointer(found)}`
    return { ...placeWithin(place, source, startOf(found)), pointer }
  }
  return {
    response,
    placeOfStatus: () => placeOf(at(response, 'status')),
    placeOfHeader: (name) => {
      const headers = at(response, 'headers')
      const same = ([key]: readonly [string, Node]): boolean =>
        key.toLowerCase() === name.toLowerCase()
      return placeOf(membersOf(headers).find(same)?.[1] ?? headers)
    },
    placeOfBody: (steps) => placeOf(follow(body, steps)),
  }
}
