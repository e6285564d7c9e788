import { createHash } from 'node:crypto'
import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { caseId } from '../model/case-id.ts'
import { writeWhole } from '../record/whole-file.ts'
import type { CaseCoverage, Catalogue } from '../spec/coverage/item.ts'

const folder = '.proofbook/coverage'

type Named = Pick<CaseCoverage, 'spec' | 'digest'>

const nameOf = ({ spec, digest }: Named): string => `${caseId(spec)}-${digest}.json`

/** The name of a catalogue by what is in it. */
const digestOf = (catalogue: Catalogue): string =>
  createHash('sha256').update(JSON.stringify(catalogue)).digest('hex').slice(0, 16)

/**
 * Keeps what a document promises beside the evidence: cases say what they reached by index, also
 * where shards are merged on another machine. Every worker writes the same.
 */
export const keepCatalogue = async (root: string, catalogue: Catalogue): Promise<string> => {
  const digest = digestOf(catalogue)
  const path = join(root, folder, nameOf({ spec: catalogue.spec, digest }))
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) await writeWhole(path, JSON.stringify(catalogue))
  return digest
}

/** The catalogue that indexes mean; `undefined` where it is not there. */
export const readCatalogue = async (root: string, named: Named): Promise<Catalogue | undefined> => {
  const text = await readFile(join(root, folder, nameOf(named)), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : (JSON.parse(text) as Catalogue)
}

/** Takes away the catalogues that no case of the last run means. */
export const dropOtherCatalogues = async (root: string, used: readonly Named[]): Promise<void> => {
  const kept = new Set(used.map(nameOf))
  const all = await readdir(join(root, folder)).catch(() => [])
  const stale = all.filter((name) => name.endsWith('.json') && !kept.has(name))
  await Promise.all(stale.map((name) => rm(join(root, folder, name), { force: true })))
}
