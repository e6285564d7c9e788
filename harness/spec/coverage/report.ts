import { readMarks } from './marks.ts'
import {
  coverageKinds,
  type CaseCoverage,
  type Catalogue,
  type CoverageItem,
  type CoverageKind,
} from './item.ts'

/** A case as far as coverage asks: what it reached, and why it could not. */
export interface CoveringCase {
  readonly coverage: CaseCoverage
  /** Whether the provider was asked. */
  readonly isAsked: boolean
  readonly reason?: string
  readonly fix?: string
}

/** How much of one kind was reached. */
interface Count {
  readonly reached: number
  readonly total: number
}

/** Something that was not reached, and why, as far as that is known. */
interface Unreached {
  readonly kind: CoverageKind
  readonly name: string
  readonly where: { readonly file: string; readonly line: number; readonly pointer: string }
  readonly why: string
}

/** What a run reached of one document. */
export interface SpecCoverage {
  readonly spec: string
  readonly counts: Readonly<Record<CoverageKind, Count>>
  /** Operations first and rules of schemas last; each kind in the document's order. */
  readonly notReached: readonly Unreached[]
}

const firstSentence = (text: string): string => text.split('\n', 1)[0] ?? text

const whyStatus = (status: string): string => {
  if (status.startsWith('5')) return 'no request brings a failure about; a drill of a guide can'
  if (status === '401' || status === '403')
    return 'no stranger got this answer: give a credential that is rejected, or one with fewer scopes'
  if (status === '429') return 'no limit was reached'
  if (status === 'default') return 'every answer had a status of its own'
  return 'no request of this run was answered with it'
}

const whyItem = ({ kind, name, side }: CoverageItem): string => {
  if (kind === 'operation') return 'asked, and never answered with a documented success'
  if (kind === 'status') return whyStatus(name.slice(0, name.indexOf(' ')))
  if (kind === 'responseMediaType') return 'no answer came in it'
  if (side === 'response') return 'no answer held such a value'
  return 'no request held it'
}

/** Pointers of rules are long, and a catalogue has each once: the name is made where it is read. */
const nameOf = ({ kind, name, pointer }: CoverageItem): string => {
  const segments = pointer.split('/')
  const isBranch = /^\d+$/.test(segments.at(-1) ?? '')
  const own = isBranch ? -2 : -1
  const owner = segments.slice(0, own).join('/')
  if (kind === 'enumMember') return `${name} of ${owner}`
  return kind === 'keyword' ? `${segments.slice(own).join('/')} of ${owner}` : name
}

/** Why an operation was not asked: what its cases say; `undefined` where it was. */
const whyNotAsked = (cases: readonly CoveringCase[]): string | undefined => {
  if (cases.some(({ isAsked }) => isAsked)) return undefined
  const [first] = cases
  if (first === undefined) return 'not asked: this run was of other cases'
  const { reason = 'it could not be asked', fix } = first
  return `${firstSentence(reason)}${fix === undefined ? '' : ` (${fix})`}`
}

/**
 * What all cases of a run together reached of one document.
 *
 * @example
 * specCoverage(catalogue, cases).counts.operation // { reached: 19, total: 19 }
 */
export const specCoverage = (
  catalogue: Catalogue,
  cases: readonly CoveringCase[],
): SpecCoverage => {
  const { spec, items } = catalogue
  const reached = new Set(cases.flatMap(({ coverage }) => readMarks(coverage.reached)))
  const byOperation = Map.groupBy(cases, ({ coverage }) => coverage.operation)
  const isCut = (operation: number): boolean =>
    byOperation.get(operation)?.some(({ coverage }) => coverage.cut === true) ?? false
  const why = (item: CoverageItem): string => {
    const notAsked = whyNotAsked(byOperation.get(item.operation) ?? [])
    if (notAsked !== undefined) return notAsked
    return isCut(item.operation) ? `${whyItem(item)}; the budget was spent` : whyItem(item)
  }
  // What would have come with a status that never came is not missed a second time.
  const isCounted = (item: CoverageItem | undefined): boolean =>
    item?.with === undefined || reached.has(item.with)
  const count = (kind: CoverageKind): Count => {
    const indexes = [...items.keys()].filter(
      (index) => items[index]?.kind === kind && isCounted(items[index]),
    )
    return { total: indexes.length, reached: indexes.filter((one) => reached.has(one)).length }
  }
  return {
    spec,
    counts: Object.fromEntries(coverageKinds.map((kind) => [kind, count(kind)])) as Record<
      CoverageKind,
      Count
    >,
    notReached: [...items.entries()]
      .filter(([index, item]) => !reached.has(index) && isCounted(item))
      .map(([, item]): Unreached => {
        const { kind, file, line, pointer } = item
        return { kind, name: nameOf(item), where: { file, line, pointer }, why: why(item) }
      })
      .toSorted((a, b) => coverageKinds.indexOf(a.kind) - coverageKinds.indexOf(b.kind)),
  }
}
