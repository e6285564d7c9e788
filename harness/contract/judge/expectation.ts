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

/** What a contract expects of one answer or message, and where in its file it says so. */
export interface Expectation {
  /** What has the matching rules. */
  readonly response: Node | undefined
  /** What the words call that which has a body: of a message it is the message itself. */
  readonly whole: 'body' | 'message'
  placeOfStatus(): Place
  placeOfHeader(name: string): Place
  placeOfMetadata(name: string): Place
  /** A metadata's value as the contract writes it; empty where it has none. */
  metadataText(name: string): string
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

/** The parts of an interaction that say what must come, by its kind and version. */
interface Parts {
  readonly response: Node | undefined
  readonly body: Node | undefined
  readonly metadata?: Node | undefined
}

const partsOf = (
  { kind }: InteractionDetail['interaction'],
  wrapped: boolean,
  root: Node,
): Parts => {
  const unwrapped = (node: Node | undefined): Node | undefined =>
    wrapped ? (at(node, 'content') ?? node) : node
  if (kind === 'http') {
    const response = at(root, 'response')
    return { response, body: unwrapped(at(response, 'body')) }
  }
  const message = kind === 'synchronous-message' ? at(root, 'response', 0) : root
  return {
    response: message,
    body: unwrapped(at(message, 'contents')),
    metadata: at(message, 'metadata') ?? at(message, 'metaData'),
  }
}

/**
 * The expectation of an interaction.
 *
 * @example
 * expectationOf(testCase.detail).placeOfBody(['lines', 0, 'id']).line
 */
export const expectationOf = ({ interaction, specification }: InteractionDetail): Expectation => {
  const { source, place, kind } = interaction
  const { root } = parsedJson(source)
  const { response, body, metadata } = partsOf(interaction, specification === '4', root)
  const placeOf = (node: Node | undefined): Place => {
    const found = node ?? response ?? root
    const pointer = `${place.pointer ?? ''}${nodePointer(found)}`
    return { ...placeWithin(place, source, startOf(found)), pointer }
  }
  return {
    response,
    whole: kind === 'http' ? 'body' : 'message',
    placeOfStatus: () => placeOf(at(response, 'status')),
    placeOfHeader: (name) => {
      const headers = at(response, 'headers')
      const same = ([key]: readonly [string, Node]): boolean =>
        key.toLowerCase() === name.toLowerCase()
      return placeOf(membersOf(headers).find(same)?.[1] ?? headers)
    },
    placeOfMetadata: (name) => placeOf(member(metadata, name) ?? metadata),
    metadataText: (name) => {
      const node = member(metadata, name)
      return node === undefined ? '' : source.slice(node.offset, node.offset + node.length)
    },
    placeOfBody: (steps) => placeOf(follow(body, steps)),
  }
}
