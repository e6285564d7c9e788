import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { formatPlace } from '../../../model/place.ts'
import { UserError } from '../../../model/user-error.ts'
import { planSpec } from '../../plan/plan-spec.ts'
import { readSpec } from '../../read/read-spec.ts'

/** One document of the corpus, as its manifest names it. */
export interface CorpusDocument {
  readonly file: string
  /** Whether it must be read, or may be refused with an error that says why. */
  readonly expect: 'read' | 'refuse-or-read'
  /** As whoever made the corpus counted them; absent where nobody could. */
  readonly operations?: number
}

/** What became of a document. Times in milliseconds, memory in bytes. */
export interface TriedDocument {
  readonly file: string
  readonly version?: string
  readonly read: number
  /** Of that the time in which it was computing: other programs may have been in the way. */
  readonly computed: number
  readonly planned: number
  readonly memory: number
  readonly operations: number
  readonly cases: number
  readonly notReplayed: number
  /** What is wrong with it, each with its place. */
  readonly problems: readonly string[]
  /** Cases that cannot be asked, and why. */
  readonly unplanned: readonly string[]
  /** Why nothing of it can be used. */
  readonly refused?: string
}

/**
 * The documents that a corpus' manifest names.
 *
 * @example
 * await corpusDocuments('../shared/corpus/openapi')
 */
export const corpusDocuments = async (folder: string): Promise<readonly CorpusDocument[]> =>
  JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as CorpusDocument[]

const nothing = { operations: 0, cases: 0, notReplayed: 0, problems: [], unplanned: [] }

/** In bytes; Node has it in kilobytes. */
const memory = (): number => process.resourceUsage().maxRSS * 1024

/** Reads a document and plans all that would be asked by it. What is no `UserError` is thrown on. */
export const tryDocument = async (folder: string, file: string): Promise<TriedDocument> => {
  const started = performance.now()
  const since = (): number => performance.now() - started
  const before = process.cpuUsage()
  const cpu = (): number => {
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  }
  try {
    const spec = await readSpec({ root: folder, file })
    const [read, computed] = [since(), cpu()]
    const cases = planSpec(spec, { integration: 'corpus', credentials: [], seed: 1 })
    return {
      file,
      version: spec.version,
      read,
      computed,
      planned: since(),
      memory: memory(),
      operations: spec.operations.length,
      cases: cases.length,
      notReplayed: spec.notReplayed.length,
      problems: spec.problems.map(({ place, problem }) => `${formatPlace(place)} ${problem}`),
      unplanned: cases.flatMap(({ name, group, ruling }) =>
        ruling === undefined ? [] : [`${[...group, name].join(' > ')}: ${ruling.reason}`],
      ),
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return {
      file,
      ...nothing,
      read: since(),
      computed: cpu(),
      planned: since(),
      memory: memory(),
      refused: error.message,
    }
  }
}
