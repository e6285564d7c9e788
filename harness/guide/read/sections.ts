import type { Heading } from 'mdast'
import { toString } from 'mdast-util-to-string'
import { visit } from 'unist-util-visit'
import type { Place } from '../../model/place.ts'
import type { Words } from '../types.ts'
import { itemParagraph, type Block } from './blocks.ts'
import { labelsOf, type Labelled } from './labels.ts'
import {
  drillMeaning,
  drillWords,
  nearestLabel,
  sectionMeaning,
  sectionWords,
  type SectionMeaning,
} from './meanings.ts'
import type { PlacedProblem } from './problems.ts'
import type { Source } from './source.ts'

/** What stands under one label of a scenario. */
export interface Section {
  readonly meaning: SectionMeaning | 'other'
  readonly place: Place
  /** The words after the label. */
  readonly words: Words
  readonly blocks: readonly Block[]
}

interface OpenSection extends Section {
  readonly blocks: Block[]
  /** Depth of its heading; for a label, of the heading that it stands under. */
  readonly depth: number
}

const words = (part: Readonly<Record<string, readonly string[]>>): readonly string[] =>
  Object.values(part).flat()

/** A label that is nearly a known one. */
export const nearMiss = (
  { label, place }: Pick<Labelled, 'label' | 'place'>,
  inDrill: boolean,
): PlacedProblem | undefined => {
  const meant = nearestLabel(label, inDrill ? words(drillWords) : words(sectionWords))
  return meant === undefined
    ? undefined
    : {
        problem: `"${label}" is no label`,
        place,
        expected: Object.values(inDrill ? drillWords : sectionWords)
          .map(([first]) => first)
          .join(', '),
        fix: `write "${meant}"`,
      }
}

/**
 * Labels of a scenario that Markdown makes part of the list item above, since no blank line stands
 * between: they would be lost.
 */
const swallowedLabels = (source: Source, block: Block): readonly PlacedProblem[] => {
  const problems: PlacedProblem[] = []
  if (block.type !== 'list') return problems
  visit(block, 'paragraph', (paragraph) => {
    const start = source.placeAt(paragraph.position?.start.offset ?? 0)
    for (const { label, place } of labelsOf(source, paragraph)) {
      if (place.line === start.line) continue
      if (sectionMeaning(label) === undefined || drillMeaning(label) !== undefined) continue
      problems.push({
        problem: `"${label}" is part of the list item above it`,
        place,
        expected: 'a label that begins a paragraph of its own',
        fix: 'put a blank line above it',
      })
    }
  })
  return problems
}

/** Items of a list that begin with a label of a scenario count as blocks of the page. */
const unpacked = (source: Source, block: Block): readonly Block[] => {
  if (block.type !== 'list') return [block]
  const labelled = block.children.every((item) => {
    const paragraph = itemParagraph(item)
    if (paragraph === undefined) return false
    const [first] = labelsOf(source, paragraph)
    const from = source.placeAt(paragraph.position?.start.offset ?? 0)
    return (
      first !== undefined &&
      first.place.line === from.line &&
      sectionMeaning(first.label) !== undefined
    )
  })
  return labelled ? block.children.flatMap((item) => item.children) : [block]
}

const nothing = (place: Place): Words => ({ text: '', place })

/**
 * Parts the blocks of a scenario by its labels, whether they are headings, bold words or items of a
 * list.
 *
 * @example
 * sectionsOf(source, blocks, 2, report).map(({ meaning }) => meaning) // ['problem', 'solution', 'verification']
 */
export const sectionsOf = (
  source: Source,
  blocks: readonly Block[],
  scenarioDepth: number,
  report: (problem: PlacedProblem | undefined) => void,
): readonly Section[] => {
  const sections: OpenSection[] = []
  const openAt = (
    meaning: Section['meaning'],
    place: Place,
    depth: number,
    text = nothing(place),
  ) => sections.push({ meaning, place, words: text, depth, blocks: [] })

  /** Whether a drill's heading stands above: there, labels are first of all the drill's. */
  const inDrill = (): boolean => {
    const last = sections.at(-1)
    return last?.meaning === 'troubleshooting' && last.blocks.some(({ type }) => type === 'heading')
  }

  const takeHeading = (heading: Heading): void => {
    const label = toString(heading).trim()
    const place = source.placeAt(heading.position?.start.offset ?? 0)
    const meaning = sectionMeaning(label)
    const last = sections.at(-1)
    const below = last !== undefined && heading.depth > last.depth
    const keeps = last?.meaning === 'troubleshooting' || last?.meaning === 'verification'
    const ofLabel = last?.depth === scenarioDepth
    if (below && keeps && (meaning === undefined || !ofLabel)) last.blocks.push(heading)
    else openAt(meaning ?? 'other', place, heading.depth)
    if (meaning === undefined && !(below && keeps)) report(nearMiss({ label, place }, false))
  }

  const takeLabels = (labels: readonly Labelled[]): void => {
    for (const { label, place, words: text, marked } of labels) {
      const meaning = sectionMeaning(label)
      if (meaning !== undefined) openAt(meaning, place, scenarioDepth, text)
      else if (marked) report(nearMiss({ label, place }, false))
    }
  }

  for (const block of blocks.flatMap((outer) => unpacked(source, outer))) {
    if (block.type === 'heading') {
      takeHeading(block)
      continue
    }
    for (const problem of swallowedLabels(source, block)) report(problem)
    const labels = block.type === 'paragraph' ? labelsOf(source, block) : []
    const ours = labels.some(({ label }) => sectionMeaning(label) !== undefined)
    const drills =
      inDrill() && labels[0] !== undefined && drillMeaning(labels[0].label) !== undefined
    if (ours && !drills) takeLabels(labels)
    else {
      if (!inDrill()) for (const label of labels) if (label.marked) report(nearMiss(label, false))
      if (sections.length === 0)
        openAt('other', source.placeAt(block.position?.start.offset ?? 0), scenarioDepth)
      sections.at(-1)?.blocks.push(block)
    }
  }
  return sections
}
