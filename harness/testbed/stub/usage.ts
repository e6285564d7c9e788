import { createHash } from 'node:crypto'
import type { StubReport } from '../../model/evidence.ts'
import type { StubMapping } from './mappings.ts'
import type { StubJournal } from './stub-admin.ts'

/** What a stub saw that nobody planned. */
export type Unplanned = Omit<StubReport, 'name'>

/** Which mappings of files were used, over all testbeds of a run. */
export interface Usage {
  /** The same mappings with an id each, which tell their files afterwards. */
  known(mappings: readonly StubMapping[]): readonly StubMapping[]
  /** Counts what was used, and says what was not planned. */
  report(journal: StubJournal): Unplanned
  /** Files with a mapping that was known and never used. */
  unused(): readonly string[]
}

/** The same for the same mapping at the same place, so that each testbed has it under one id. */
const idOf = ({ file, json }: StubMapping, index: number): string => {
  const hash = createHash('sha256')
    .update(JSON.stringify([file, index, json]))
    .digest('hex')
  const part = (start: number, end: number): string => hash.slice(start, end)
  return [part(0, 8), part(8, 12), `4${part(13, 16)}`, `8${part(17, 20)}`, part(20, 32)].join('-')
}

const given = ({ json }: StubMapping): string | undefined => {
  const id = json['id'] ?? json['uuid']
  return typeof id === 'string' ? id : undefined
}

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)]

/**
 * Keeps count of the mappings that files hold.
 *
 * @example
 * const usage = openUsage()
 * await admin.load(usage.known(mappings))
 * usage.report(await admin.journal()).unmatched // ['POST /charges']
 */
export const openUsage = (): Usage => {
  const files = new Map<string, string>()
  const used = new Set<string>()
  return {
    known: (mappings) =>
      mappings.map((mapping, index) => {
        const id = given(mapping) ?? idOf(mapping, index)
        files.set(id, mapping.file)
        return { ...mapping, json: { ...mapping.json, id } }
      }),
    report: ({ requests, mappings }) => {
      const answered = new Set(requests.flatMap(({ mapping }) => mapping ?? []))
      for (const id of answered) used.add(id)
      return {
        unmatched: unique(
          requests.flatMap(({ what, mapping }) => (mapping === undefined ? [what] : [])),
        ),
        unused: unique(
          mappings.flatMap(({ id, what }) => (files.has(id) || answered.has(id) ? [] : [what])),
        ),
      }
    },
    unused: () =>
      unique([...files].flatMap(([id, file]) => (used.has(id) ? [] : [file]))).toSorted(),
  }
}
