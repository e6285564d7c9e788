import { readFile, stat } from 'node:fs/promises'
import { join, matchesGlob } from 'node:path'
import { lookAtContract } from './contract-look.ts'
import type { FileKind, RootFile } from './roots.ts'

/**
 * One of the parts into which the cases of large files are split, since Vitest gives a whole file to
 * one worker of one shard. `index` counts from 1.
 */
export interface Part {
  readonly index: number
  readonly of: number
  /** The files that are split, relative to the root; every other file belongs to the first part. */
  readonly files: readonly string[]
}

/** With fewer cases a file is done before the start of another worker has paid. */
const casesMin = 40

/** Above this a file is not read to count its cases: there are many. */
const countBytesMax = 16 * 1024 * 1024

/** As many parts for each shard, so that each has work for two workers. */
const partsPerShard = 2

const countMatches = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0

const operationKey = /["'{\s](?:get|put|post|delete|options|head|patch|trace|query)["']?\s*:/g

/**
 * About how many cases a file holds. An estimate is enough: which part a case belongs to is decided
 * by its id, so a wrong one costs time and no case.
 */
export const estimateCases = (kind: Exclude<FileKind, 'contract'>, text: string): number => {
  if (kind === 'spec') return countMatches(text, operationKey)
  return countMatches(text, /^(?:\d+\.|[-*]|#{4})\s/gm)
}

const isLarge = async (root: string, { kind, file }: RootFile): Promise<boolean> => {
  const path = join(root, file)
  if (kind === 'contract') return (await lookAtContract(path)).cases >= casesMin
  const { size } = await stat(path)
  if (size > countBytesMax) return true
  return estimateCases(kind, await readFile(path, 'utf8')) >= casesMin
}

/** What the number of parts depends on. */
export interface PartsRequest {
  readonly root: string
  readonly roots: readonly RootFile[]
  /** The config's own word. */
  readonly parts: number | undefined
  readonly workers: number
  /** Of how many shards this run is one, if it is. */
  readonly shards: number | undefined
  /** Globs of the user's own test files: what they name runs as one. */
  readonly others: readonly string[]
}

/**
 * The parts of a run: none where no file is large, else as many as the config says, or as there are
 * workers. Of shards all must come to the same number, whatever machines they run on: each case
 * belongs to one part, and each part to one shard.
 */
export const planParts = async ({
  root,
  roots,
  parts,
  workers,
  shards,
  others,
}: PartsRequest): Promise<readonly Part[]> => {
  const of = parts ?? (shards === undefined ? workers : shards * partsPerShard)
  if (of < 2) return []
  const own = roots.filter(({ file }) => !others.some((glob) => matchesGlob(file, glob)))
  const large = await Promise.all(own.map((one) => isLarge(root, one)))
  const files = own.filter((_, index) => large[index]).map(({ file }) => file)
  if (files.length === 0) return []
  return Array.from({ length: of }, (_, index) => ({ index: index + 1, of, files }))
}

/**
 * Whether a case of a file belongs to a part. The id is a hash already, so its digits spread evenly.
 *
 * @example
 * belongsTo('a3f09c2d41', 'contracts/web.json', undefined) // true
 */
export const belongsTo = (caseId: string, file: string, part: Part | undefined): boolean => {
  if (part === undefined) return true
  if (!part.files.includes(file)) return part.index === 1
  return Number.parseInt(caseId.slice(0, 8), 16) % part.of === part.index - 1
}
