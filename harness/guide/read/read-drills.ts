import { toString } from 'mdast-util-to-string'
import type { Heading, Paragraph, Table } from 'mdast'
import { visit } from 'unist-util-visit'
import type { Drill } from '../types.ts'
import { fencesIn, type Block } from './blocks.ts'
import { noFences, partFences } from './drill-fences.ts'
import { readDrillFields } from './drill-fields.ts'
import { labelsOf, type Labelled } from './labels.ts'
import { drillMeaning, type DrillMeaning } from './meanings.ts'
import type { PlacedProblem } from './problems.ts'
import { listsIssues } from './read-claims.ts'
import { nearMiss, type Section } from './sections.ts'
import { onOneLine, type Source } from './source.ts'

type Report = (problem: PlacedProblem | undefined) => void

const paragraphsIn = (blocks: readonly Block[]): readonly Paragraph[] => {
  const paragraphs: Paragraph[] = []
  visit({ type: 'root', children: [...blocks] }, 'paragraph', (node: Paragraph) => {
    paragraphs.push(node)
  })
  return paragraphs
}

const drillLabels = (
  source: Source,
  blocks: readonly Block[],
  report: Report,
): ReadonlyMap<DrillMeaning, Labelled> => {
  const labels = new Map<DrillMeaning, Labelled>()
  for (const labelled of paragraphsIn(blocks).flatMap((paragraph) => labelsOf(source, paragraph))) {
    const meaning = drillMeaning(labelled.label)
    if (meaning === undefined) {
      if (labelled.marked) report(nearMiss(labelled, true))
    } else if (labels.has(meaning)) {
      report({
        problem: `"${labelled.label}" is said twice in this drill`,
        place: labelled.place,
        expected: 'each label once in a drill',
      })
    } else labels.set(meaning, labelled)
  }
  return labels
}

const readDrill = (
  source: Source,
  heading: Heading,
  blocks: readonly Block[],
  report: Report,
): Drill => {
  const place = source.placeAt(heading.position?.start.offset ?? 0)
  let broken = false
  const reportBroken: Report = (problem) => {
    if (problem !== undefined) broken = true
    report(problem)
  }
  const labels = drillLabels(source, blocks, reportBroken)
  const fields = readDrillFields(labels, place, reportBroken)
  const fences = partFences(labels, fencesIn(source, blocks, reportBroken), reportBroken)
  for (const problem of unprovable(fields, fences)) reportBroken(problem)
  return { name: onOneLine(toString(heading)), place, ...fields, fences, broken }
}

/** Labels whose fences would not run as they stand. */
const unprovable = (
  { fault, prevention, lost }: Partial<Drill>,
  fences: Drill['fences'],
): readonly PlacedProblem[] => {
  if (fault === undefined) return []
  const [advice] = prevention === undefined ? fences.prevention : []
  return [
    ...(advice === undefined
      ? []
      : [
          {
            problem: 'this fence stands under a Prevention that switches nothing on',
            place: advice.place,
            expected: 'Prevention with a setting: with `NAME=VALUE`: and what then holds',
            fix: 'name the setting, or move the fence below Solution',
          },
        ]),
    ...(lost === undefined || fences.lost.length > 0
      ? []
      : [
          {
            problem: 'nothing below this label looks for what must not be lost',
            place: lost.place,
            expected:
              'a fence that finds what Given made, such as GET /orders/{{order}} and HTTP 200',
            fix: 'add an http or sql fence below it',
          },
        ]),
  ]
}

/** Rows of a troubleshooting table: issues that nobody rehearses yet. */
const tableDrills = (source: Source, table: Table): readonly Drill[] => {
  if (!listsIssues(table)) return []
  return table.children.slice(1).map((row) => ({
    name: onOneLine(toString(row.children[0] ?? { type: 'root', children: [] })),
    place: source.placeAt(row.position?.start.offset ?? 0),
    fences: noFences,
    broken: false,
  }))
}

/**
 * The drills of a scenario: headings below Troubleshooting, and the rows of a table of issues.
 *
 * @example
 * readDrills(source, sections, report).map(({ name }) => name) // ['Connection timeout']
 */
export const readDrills = (
  source: Source,
  sections: readonly Section[],
  report: Report,
): readonly Drill[] =>
  sections
    .filter(({ meaning }) => meaning === 'troubleshooting')
    .flatMap(({ blocks }) => {
      const heads = blocks.flatMap((block, index) => (block.type === 'heading' ? [index] : []))
      const above = blocks.slice(0, heads[0] ?? blocks.length)
      const rows = above.flatMap((block) =>
        block.type === 'table' ? tableDrills(source, block) : [],
      )
      const drills = heads.flatMap((start, index) => {
        const heading = blocks[start]
        if (heading?.type !== 'heading') return []
        return [
          readDrill(
            source,
            heading,
            blocks.slice(start + 1, heads[index + 1] ?? blocks.length),
            report,
          ),
        ]
      })
      return [...rows, ...drills]
    })
