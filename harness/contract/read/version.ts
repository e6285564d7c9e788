import type { Node } from 'jsonc-parser'
import { specificationVersions, type SpecificationVersion } from '../contract.ts'
import { at } from '../json-text.ts'

const places = [
  ['metadata', 'pactSpecification', 'version'],
  ['metadata', 'pact-specification', 'version'],
  ['metadata', 'pactSpecificationVersion'],
] as const

/** `3.0.0` is 3, `1.1.0` is 1.1: only the first version had a second digit that counts. */
const short = (version: string): string => {
  const [major = '', minor] = version.split('.')
  return major === '1' && minor === '1' ? '1.1' : major
}

/**
 * The version that a contract says it is written in. One that says nothing is of version 2: that is
 * what writers meant before they had to say it.
 *
 * Returns the node that says it and `undefined` as version where the version is none that we know.
 */
export const versionOf = (
  root: Node,
): { readonly version: SpecificationVersion | undefined; readonly node?: Node } => {
  const node = places.map((keys) => at(root, ...keys)).find((found) => found !== undefined)
  if (node === undefined) return { version: '2' }
  const wanted = short(String(node.value))
  return { version: specificationVersions.find((known) => known === wanted), node }
}
