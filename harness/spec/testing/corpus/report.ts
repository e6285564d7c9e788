import { counted } from '../../../model/counted.ts'
import type { CorpusDocument, TriedDocument } from './document.ts'

const readMillisecondsMax = 5000
const memoryMax = 1024 ** 3

/** Whether all operations were found; who counted them may have counted webhooks and callbacks too. */
const counts = (expected: number, { operations, notReplayed }: TriedDocument): boolean =>
  operations <= expected && expected <= operations + notReplayed

/** What the corpus asks of a document and did not get, in words. */
const shortcomings = (
  { expect, operations }: CorpusDocument,
  tried: TriedDocument,
): readonly string[] => [
  ...(expect === 'read' && tried.refused !== undefined ? ['it must be read, and is refused'] : []),
  ...(tried.refused === undefined && operations !== undefined && !counts(operations, tried)
    ? [`${tried.operations} operations, and the manifest counts ${operations}`]
    : []),
  ...(Math.min(tried.read, tried.computed) > readMillisecondsMax
    ? [`read in ${(tried.read / 1000).toFixed(1)} s, and 5 s is the bound`]
    : []),
  ...(tried.memory > memoryMax
    ? [`${Math.round(tried.memory / 1024 ** 2)} MB, and 1 GB is the bound`]
    : []),
]

const linesMax = 20

const bounded = (lines: readonly string[]): readonly string[] => [
  ...lines.slice(0, linesMax).map((line) => `   ${line.replaceAll(/\s+/g, ' ').slice(0, 300)}`),
  ...(lines.length > linesMax ? [`   … and ${lines.length - linesMax} more`] : []),
]

/** Cases of one reason are said once. */
const reasons = (unplanned: readonly string[]): readonly string[] =>
  [...Map.groupBy(unplanned, (line) => line.slice(line.indexOf(': ') + 2))].map(
    ([reason, all]) => `${counted(all.length, 'case')} cannot be asked: ${reason}`,
  )

const documentLines = (document: CorpusDocument, tried: TriedDocument): readonly string[] => {
  const wrong = shortcomings(document, tried)
  const { file, refused, problems, unplanned } = tried
  if (wrong.length === 0 && refused === undefined && problems.length + unplanned.length === 0)
    return []
  return [
    ` ${wrong.length > 0 ? '!' : ' '} ${file}`,
    ...wrong.map((one) => `   ! ${one}`),
    ...bounded((refused ?? '').split('\n').filter((line) => line !== '')),
    ...bounded(problems),
    ...bounded(reasons(unplanned)),
  ]
}

const versionRow = (version: string, all: readonly TriedDocument[]): string => {
  const sum = (count: (one: TriedDocument) => number): number =>
    all.reduce((total, one) => total + count(one), 0)
  return [
    ` ${version.padEnd(8)}`,
    counted(all.length, 'document'),
    counted(
      sum(({ operations }) => operations),
      'operation',
    ),
    counted(
      sum(({ cases }) => cases),
      'case',
    ),
    `${sum(({ notReplayed }) => notReplayed)} callbacks and webhooks not replayed`,
  ].join('  ')
}

/**
 * What became of a corpus: each document with a problem, then the numbers by version, the slowest and
 * the largest. The status is 1 where a document falls short of what the manifest or the bounds ask.
 */
export const corpusReport = (
  documents: readonly CorpusDocument[],
  all: readonly TriedDocument[],
): { readonly text: string; readonly status: 0 | 1 } => {
  const pairs = documents.flatMap((document) => {
    const tried = all.find(({ file }) => file === document.file)
    return tried === undefined ? [] : [[document, tried] as const]
  })
  const versions = Map.groupBy(
    all,
    ({ version }) => version?.replace(/^(\d+\.\d+).*/, '$1') ?? 'refused',
  )
  const [slowest] = all.toSorted((a, b) => b.read - a.read)
  const [largest] = all.toSorted((a, b) => b.memory - a.memory)
  const isWhole = pairs.length === documents.length && documents.length > 0
  const lines = [
    ...pairs.flatMap(([document, tried]) => documentLines(document, tried)),
    '',
    ...[...versions]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([version, some]) => versionRow(version, some)),
    ...(slowest === undefined
      ? []
      : [
          ` slowest   ${slowest.file}: read in ${(slowest.read / 1000).toFixed(1)} s (${(slowest.computed / 1000).toFixed(1)} s of it computing), planned after ${(slowest.planned / 1000).toFixed(1)} s`,
        ]),
    ...(largest === undefined
      ? []
      : [` largest   ${largest.file}: ${Math.round(largest.memory / 1024 ** 2)} MB`]),
    ...(isWhole ? [] : [` ! ${pairs.length} of ${documents.length} documents were tried`]),
  ]
  const isShort = pairs.some(([document, tried]) => shortcomings(document, tried).length > 0)
  return { text: `${lines.join('\n')}\n`, status: isShort || !isWhole ? 1 : 0 }
}
