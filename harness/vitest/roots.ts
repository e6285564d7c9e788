import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { glob } from 'tinyglobby'
import { fetchedFolder } from '../broker/fetch-contracts.ts'
import type { BrokerContractsConfig } from '../config/broker-schema.ts'
import type { IntegrationConfig, ValidConfig } from '../config/schema.ts'

/** What kind of file a test file of the user's is. */
export type FileKind = 'contract' | 'spec' | 'guide'

/** A file that is a test: its path relative to the root, and what it is. */
export interface RootFile {
  readonly kind: FileKind
  readonly file: string
}

/** Everything that the config's globs name. */
export interface Discovered {
  readonly roots: readonly RootFile[]
  /** Files under the globs that are no roots, and that no root is known to refer to. */
  readonly ignored: readonly string[]
}

const defaults = {
  contract: ['contracts/**/*.json'],
  spec: ['specs/**/*.{yaml,yml,json}'],
  guide: ['guides/**/*.md'],
} as const satisfies Record<FileKind, readonly string[]>

/** Above this a file is not read to find out what it is: it is taken for a root, and reading says why not. */
const sniffBytesMax = 64 * 1024 * 1024

/** A glob or several of them, as the configuration may say either. */
export const listed = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value

/** What an integration says of the broker; `undefined` where its contracts are files. */
export const fromBroker = ({
  contracts,
}: Pick<IntegrationConfig, 'contracts'>): BrokerContractsConfig | undefined =>
  typeof contracts === 'object' && !Array.isArray(contracts) ? contracts : undefined

/** The globs that an integration itself names. */
export const namedGlobs = (kind: FileKind, integration: IntegrationConfig): readonly string[] => {
  const { contracts, spec, guides } = integration
  if (kind === 'spec') return listed(spec)
  if (kind === 'guide') return listed(guides)
  return typeof contracts === 'object' && !Array.isArray(contracts)
    ? listed(contracts.files)
    : listed(contracts)
}

/** The globs of one kind: what the integrations name, and the default folder. */
export const globsOf = (kind: FileKind, config: ValidConfig): readonly string[] => {
  const named = Object.values(config.integrations).flatMap((one) => namedGlobs(kind, one))
  const fetched =
    kind === 'contract'
      ? Object.entries(config.integrations)
          .filter(([, one]) => fromBroker(one) !== undefined)
          .map(([name]) => `${fetchedFolder}/${name}/*.json`)
      : []
  return [...new Set([...defaults[kind], ...named, ...fetched])]
}

/** A JSON file is a contract unless it is valid JSON that plainly is something else. */
const looksLikeContract = (text: string): boolean => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return true
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const has = (key: string): boolean => Object.hasOwn(value, key)
  return has('interactions') || has('messages') || (has('consumer') && has('provider'))
}

const looksLikeSpec = (text: string): boolean =>
  /^\s*\{?\s*["']?(?:openapi|swagger)["']?\s*:/m.test(text)

const looksLikeGuide = (text: string): boolean => /^---\r?\n[\s\S]*?^integration\s*:/m.test(text)

const sniff = { contract: looksLikeContract, spec: looksLikeSpec, guide: looksLikeGuide } as const

/** What a file that was named on its own is, by its ending and its text. */
export const fileKind = (file: string, text: string): FileKind | undefined => {
  if (/\.md$/i.test(file)) return 'guide'
  if (looksLikeSpec(text)) return 'spec'
  return /\.json$/i.test(file) && looksLikeContract(text) ? 'contract' : undefined
}

const isRoot = async (root: string, kind: FileKind, file: string): Promise<boolean> => {
  const { size } = await stat(join(root, file))
  if (size > sniffBytesMax) return true
  return sniff[kind](await readFile(join(root, file), 'utf8'))
}

/**
 * Finds the files that are tests. Only roots are: a contract, a document with an `openapi` or
 * `swagger` key, a page that its front matter or the config binds to an integration.
 */
export const discover = async (root: string, config: ValidConfig): Promise<Discovered> => {
  const roots: RootFile[] = []
  const ignored: string[] = []
  const bound = await glob(
    Object.values(config.integrations).flatMap(({ guides }) => [...listed(guides)]),
    { cwd: root },
  )
  for (const kind of ['contract', 'spec', 'guide'] as const) {
    const files = await glob([...globsOf(kind, config)], {
      cwd: root,
      ignore: ['**/node_modules/**'],
    })
    for (const file of files.toSorted()) {
      const takes = (kind === 'guide' && bound.includes(file)) || (await isRoot(root, kind, file))
      if (takes) roots.push({ kind, file })
      else ignored.push(file)
    }
  }
  return { roots, ignored }
}
