import { isRecord } from '../../model/is-record.ts'
import { getNodeValue, type Node } from 'jsonc-parser'
import type { Place } from '../../model/place.ts'
import { UserError } from '../../model/user-error.ts'
import {
  specificationVersions,
  type Contract,
  type Interaction,
  type InteractionKind,
} from '../contract.ts'
import { lineAndColumn, member, nodePointer, startOf } from '../json-text.ts'
import { bytesMaxDefault, decoded } from './decode.ts'
import { invalid } from './invalid.ts'
import { readJson } from './json.ts'
import { pluginOf } from './plugin.ts'
import { providerStatesOf } from './provider-states.ts'
import { contractSchema, interactionSchemas } from './schema.ts'
import { versionOf } from './version.ts'

const kinds: Readonly<Record<string, InteractionKind>> = {
  'Synchronous/HTTP': 'http',
  'Asynchronous/Messages': 'asynchronous-message',
  'Synchronous/Messages': 'synchronous-message',
}

/**
 * Whether a JSON value is the root of a Pact contract: it names a consumer and a provider, and has
 * interactions or messages.
 *
 * @example
 * isContract({ consumer: {}, provider: {}, interactions: [] }) // true
 * isContract({ openapi: '3.1.0' }) // false
 */
export const isContract = (value: unknown): boolean =>
  isRecord(value) &&
  'consumer' in value &&
  'provider' in value &&
  ('interactions' in value || 'messages' in value)

/** Places of nodes, with the lines of the file counted once. */
const placesIn = (file: string, text: string): ((node: Node) => Place) => {
  let known = { offset: 0, line: 1, column: 1 }
  return (node) => {
    const offset = startOf(node)
    // Nodes are mostly asked for in the order of the text: count on from the last one.
    if (offset < known.offset) known = { offset: 0, line: 1, column: 1 }
    const { line, column } = lineAndColumn(text.slice(known.offset, offset), offset - known.offset)
    known = {
      offset,
      line: known.line + line - 1,
      column: line === 1 ? known.column + column - 1 : column,
    }
    return { file, line: known.line, column: known.column, pointer: nodePointer(node) }
  }
}

const readInteraction = (
  node: Node,
  list: 'interactions' | 'messages',
  index: number,
  source: string,
  placeOf: (node: Node) => Place,
): Interaction => {
  const type = member(node, 'type')
  const kind =
    type === undefined
      ? list === 'messages'
        ? 'asynchronous-message'
        : 'http'
      : kinds[String(type.value)]
  if (kind === undefined) {
    throw new UserError({
      problem: `the interaction has an unknown type ${JSON.stringify(type?.value)}`,
      place: placeOf(type ?? node),
      expected: `one of ${Object.keys(kinds).join(', ')}`,
      fix: 'use a version of Proofbook that knows it, or mend the type',
    })
  }
  const parsed = interactionSchemas[kind].safeParse(getNodeValue(node))
  if (!parsed.success) throw invalid(parsed.error, node, placeOf, [list, index])
  const plugin = pluginOf(parsed.data, node)
  const request = kind === 'http' ? member(node, 'request') : undefined
  return {
    kind,
    description: parsed.data.description,
    states: providerStatesOf(parsed.data, node, placeOf),
    pending: parsed.data.pending ?? false,
    ...(plugin === undefined ? {} : { plugin }),
    ...(request === undefined
      ? {}
      : {
          method: String(member(request, 'method')?.value ?? 'GET').toUpperCase(),
          path: String(member(request, 'path')?.value ?? '/'),
        }),
    ...(kind === 'synchronous-message'
      ? { answers: member(node, 'response')?.children?.length ?? 0 }
      : {}),
    place: placeOf(node),
    source,
  }
}

/**
 * Reads a Pact contract of any version (1, 1.1, 2, 3, 4) and says of each interaction where it
 * stands.
 *
 * `file` is relative to the project's root. `data` is the file's text or its bytes; at most
 * `options.bytesMax` of them (default 50 MB). Throws a `UserError` with the place for what is no
 * contract, for an unknown version, and for a contract without any interaction.
 *
 * @example
 * readContract('contracts/web-orders-api.json', await readFile('contracts/web-orders-api.json'))
 */
export const readContract = (
  file: string,
  data: string | Uint8Array,
  options: { readonly bytesMax?: number } = {},
): Contract => {
  const text = decoded(file, data, options.bytesMax ?? bytesMaxDefault)
  const root = readJson(file, text)
  const placeOf = placesIn(file, text)
  const textOf = (node: Node): string => text.slice(node.offset, node.offset + node.length)
  if (root.type !== 'object') {
    throw new UserError({
      problem: `the contract is ${root.type === 'array' ? 'an array' : `a ${root.type}`}`,
      place: placeOf(root),
      expected: 'an object with consumer, provider and interactions',
    })
  }
  const parsed = contractSchema.safeParse(getNodeValue(root))
  if (!parsed.success) throw invalid(parsed.error, root, placeOf)
  const { version, node: versionNode } = versionOf(root)
  if (version === undefined) {
    throw new UserError({
      problem: `the contract is of Pact specification ${JSON.stringify(versionNode?.value)}`,
      place: placeOf(versionNode ?? root),
      expected: `one of ${specificationVersions.join(', ')}`,
      fix: 'write it with a version of Pact that Proofbook knows',
    })
  }
  const interactions = (['interactions', 'messages'] as const).flatMap((list) =>
    (member(root, list)?.children ?? []).map((node, index) =>
      readInteraction(node, list, index, textOf(node), placeOf),
    ),
  )
  const consumer = member(root, 'consumer')
  const provider = member(root, 'provider')
  const metadata = member(root, 'metadata')
  if (interactions.length === 0 || consumer === undefined || provider === undefined) {
    throw new UserError({
      problem: 'the contract has no interaction, so nothing would be checked',
      place: placeOf(member(root, 'interactions') ?? member(root, 'messages') ?? root),
      expected: 'at least one interaction or message',
      fix: 'run the consumer tests that write it again, or delete the file',
    })
  }
  return {
    file,
    consumer: parsed.data.consumer.name,
    provider: parsed.data.provider.name,
    specification: version,
    interactions,
    head: {
      consumer: textOf(consumer),
      provider: textOf(provider),
      ...(metadata === undefined ? {} : { metadata: textOf(metadata) }),
    },
  }
}
