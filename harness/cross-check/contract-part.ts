import type { Node } from 'jsonc-parser'
import type { Interaction } from '../contract/contract.ts'
import {
  member,
  membersOf,
  nodePointer,
  parsedJson,
  placeWithin,
  startOf,
} from '../contract/json-text.ts'
import type { Place } from '../model/place.ts'

/** A part of an interaction, where it stands and as it is written there. */
export interface ContractPart {
  readonly place: Place
  readonly text: string
}

/** Header names are the same in any case. */
const memberOf = (node: Node, segment: string): Node | undefined =>
  node.type === 'array'
    ? member(node, Number(segment))
    : (member(node, segment) ??
      membersOf(node).find(([key]) => key.toLowerCase() === segment.toLowerCase())?.[1])

/**
 * The part of an interaction that these segments lead to, or the nearest above it that there is.
 *
 * @example
 * contractPart(interaction, ['response', 'status']).text // '200'
 */
export const contractPart = (
  { place, source }: Interaction,
  segments: readonly string[],
): ContractPart => {
  let node = parsedJson(source).root
  for (const segment of segments) {
    const next = memberOf(node, segment)
    if (next === undefined) break
    node = next
  }
  return {
    place: {
      ...placeWithin(place, source, startOf(node)),
      pointer: `${place.pointer ?? ''}${nodePointer(node)}`,
    },
    text: source.slice(node.offset, node.offset + node.length),
  }
}
