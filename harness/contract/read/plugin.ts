import type { Node } from 'jsonc-parser'
import type { Plugin } from '../contract.ts'
import { at, membersOf } from '../json-text.ts'
import type { ReadInteraction } from './schema.ts'

const rootOf = (node: Node): Node => (node.parent === undefined ? node : rootOf(node.parent))

/**
 * The first plugin that an interaction is configured for, with the version that the contract's
 * metadata gives it. A plugin that the metadata names and the interaction does not use is none.
 */
export const pluginOf = (read: ReadInteraction, node: Node): Plugin | undefined => {
  const [name] = Object.keys(read.pluginConfiguration ?? {})
  if (name === undefined) return undefined
  const known = at(rootOf(node), 'metadata', 'plugins')?.children ?? []
  const own = known
    .map((plugin) => Object.fromEntries(membersOf(plugin)))
    .find((plugin) => plugin['name']?.value === name)
  const version: unknown = own?.['version']?.value
  return { name, ...(typeof version === 'string' ? { version } : {}) }
}
