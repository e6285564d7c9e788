import { glob as globOfNode, readFile, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { glob } from 'tinyglobby'
import { fetchedFolder } from '../broker/fetch-contracts.ts'
import type { BrokerContractsConfig } from '../config/broker-schema.ts'
import type { IntegrationConfig, ValidConfig } from '../config/schema.ts'
import { lookAtContract, lookAtText } from './contract-look.ts'

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
  /** What under the globs is no file, and why: links to nothing, and what would never end. */
  readonly unusable: readonly { readonly file: string; readonly problem: string }[]
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

/** The documents that the stubs of an integration are held to. */
const upstreamSpecs = ({ dependencies = {} }: IntegrationConfig): readonly string[] =>
  Object.values(dependencies).flatMap((one) => (one.type === 'wiremock' ? listed(one.spec) : []))

/** The globs that an integration itself names. */
export const namedGlobs = (kind: FileKind, integration: IntegrationConfig): readonly string[] => {
  const { contracts, spec, guides } = integration
  if (kind === 'spec') return [...listed(spec), ...upstreamSpecs(integration)]
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

const looksLikeSpec = (text: string): boolean =>
  /^\s*\{?\s*["']?(?:openapi|swagger)["']?\s*:/m.test(text)

const looksLikeGuide = (text: string): boolean => /^---\r?\n[\s\S]*?^integration\s*:/m.test(text)

const sniff = { spec: looksLikeSpec, guide: looksLikeGuide } as const

/** What a file that was named on its own is, by its ending and its text. */
export const fileKind = (file: string, text: string): FileKind | undefined => {
  if (/\.md$/i.test(file)) return 'guide'
  if (looksLikeSpec(text)) return 'spec'
  return /\.json$/i.test(file) && lookAtText(text).isContract ? 'contract' : undefined
}

const isRoot = async (root: string, kind: FileKind, file: string): Promise<boolean> => {
  if (kind === 'contract') return (await lookAtContract(join(root, file))).isContract
  const { size } = await stat(join(root, file))
  if (size > sniffBytesMax) return true
  return sniff[kind](await readFile(join(root, file), 'utf8'))
}

/** Why an entry of a folder is no file that could be read, if it is none. */
const whyNoFile = async (path: string): Promise<string | undefined> => {
  try {
    const about = await stat(path)
    return about.isFile() || about.isDirectory() ? undefined : 'this is a pipe, socket or device'
  } catch {
    return 'this is a link to nothing'
  }
}

const unusableIn = async (root: string, globs: readonly string[]) => {
  // Node's own: the other follows links, and passes over what they do not lead to.
  const entries = globOfNode([...globs], { cwd: root, exclude: ['**/node_modules/**'] })
  const all = (await Array.fromAsync(entries)).toSorted()
  const reasons = await Promise.all(all.map((file) => whyNoFile(join(root, file))))
  return all.flatMap((file, index) => {
    const problem = reasons[index]
    return problem === undefined ? [] : [{ file: file.split(sep).join('/'), problem }]
  })
}

/**
 * Finds the files that are tests. Only roots are: a contract, a document with an `openapi` or
 * `swagger` key, a page that its front matter or the config binds to an integration.
 */
export const discover = async (root: string, config: ValidConfig): Promise<Discovered> => {
  const roots: RootFile[] = []
  const ignored: string[] = []
  const unusable: Discovered['unusable'][number][] = []
  const bound = await glob(
    Object.values(config.integrations).flatMap(({ guides }) => [...listed(guides)]),
    { cwd: root },
  )
  for (const kind of ['contract', 'spec', 'guide'] as const) {
    const files = await glob([...globsOf(kind, config)], {
      cwd: root,
      ignore: ['**/node_modules/**'],
    })
    const others = await unusableIn(root, globsOf(kind, config))
    unusable.push(...others)
    const skipped = new Set(others.map(({ file }) => file))
    for (const file of files.toSorted().filter((one) => !skipped.has(one))) {
      const takes = (kind === 'guide' && bound.includes(file)) || (await isRoot(root, kind, file))
      if (takes) roots.push({ kind, file })
      else ignored.push(file)
    }
  }
  return { roots, ignored, unusable }
}
