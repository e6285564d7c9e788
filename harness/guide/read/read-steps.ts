import { toString } from 'mdast-util-to-string'
import type { List, ListItem } from 'mdast'
import type { Fence, GuideStep, Words } from '../types.ts'
import { fencesIn, itemParagraph, type Block } from './blocks.ts'
import { labelsOf } from './labels.ts'
import { credentialIn, isPlaceholder } from './part.ts'
import { byHandIn } from './read-claims.ts'
import type { PlacedProblem } from './problems.ts'
import type { Section } from './sections.ts'
import { onOneLine, type Source } from './source.ts'

interface OpenStep {
  readonly words: Words
  readonly kind: GuideStep['kind']
  readonly credential?: Words
  readonly blocks: Block[]
  /** The number that the page shows. */
  readonly shown?: number
}

const numberedHeading = /^(?:step\s*)?(\d+)\s*[.:)-]\s*/i

const itemSteps = (source: Source, list: List): readonly OpenStep[] =>
  list.children.map((item: ListItem, index) => {
    const paragraph = itemParagraph(item)
    const from = paragraph?.position?.start.offset ?? item.position?.start.offset ?? 0
    const words = source.words(from, paragraph?.position?.end.offset ?? from)
    const rest = item.children.filter((child) => child !== paragraph)
    return {
      words,
      kind: list.ordered === true ? 'numbered' : 'bulleted',
      blocks: [...rest],
      ...(list.ordered === true ? { shown: (list.start ?? 1) + index } : {}),
    }
  })

/** Steps of one Verification: items of lists and headings, or else its own words. */
const openSteps = (source: Source, { words, place, blocks }: Section): readonly OpenStep[] => {
  const heading = credentialIn(words)
  const inherited = heading.credential === undefined ? {} : { credential: heading.credential }
  const text = {
    text: heading.text.trim() || 'Verification',
    place: words.text === '' ? place : words.place,
  }
  const own: OpenStep = { words: text, kind: 'bulleted', blocks: [], ...inherited }
  const steps: OpenStep[] = []
  let current: OpenStep | undefined = own
  for (const block of blocks) {
    if (block.type === 'list') {
      steps.push(...itemSteps(source, block).map((step) => Object.assign({}, inherited, step)))
      current = steps.at(-1)
    } else if (block.type === 'heading') {
      const title = toString(block).trim()
      const number = numberedHeading.exec(title)
      current = {
        words: {
          text: title.replace(numberedHeading, ''),
          place: source.placeAt(block.position?.start.offset ?? 0),
        },
        kind: number === null ? 'bulleted' : 'numbered',
        blocks: [],
        ...inherited,
        ...(number === null ? {} : { shown: Number(number[1]) }),
      }
      steps.push(current)
    } else if (block.type === 'paragraph' && labelsOf(source, block).length > 0) current = undefined
    else current?.blocks.push(block)
  }
  const ownCounts =
    own.blocks.some(({ type }) => type === 'code') || (steps.length === 0 && words.text !== '')
  return ownCounts ? [own, ...steps] : steps
}

const misnumbered = (open: OpenStep, number: number): PlacedProblem | undefined =>
  open.shown === undefined || open.shown === number
    ? undefined
    : {
        problem: `this step is numbered ${open.shown}, and it is step ${number} of its scenario`,
        place: open.words.place,
        expected: 'steps that count from 1 through the whole scenario',
        fix: `write "${number}."`,
      }

/**
 * The verification steps of a scenario, in order. Numbers count through the scenario.
 *
 * @example
 * readSteps(source, sections, report).map(({ number, text }) => `${number}. ${text}`)
 */
export const readSteps = (
  source: Source,
  sections: readonly Section[],
  report: (problem: PlacedProblem | undefined) => void,
): readonly GuideStep[] => {
  const seen = new Map<string, number>()
  return sections
    .filter(({ meaning }) => meaning === 'verification')
    .flatMap((section) => openSteps(source, section))
    .map((open, index) => {
      const number = index + 1
      report(misnumbered(open, number))
      const { text, credential = open.credential } = credentialIn(open.words)
      const name = onOneLine(text)
      const before = seen.get(name)
      if (before !== undefined && !isPlaceholder(name))
        report({
          problem: `two steps have one name: "${name}" is step ${before} too`,
          place: open.words.place,
          expected: 'a name of its own for each step of a scenario',
          fix: 'say what this step shows that the other does not',
        })
      seen.set(name, number)
      const fences: readonly Fence[] = fencesIn(source, open.blocks, report)
      const byHand = byHandIn({ text: name, place: open.words.place }, report)
      return {
        number,
        kind: open.kind,
        text: name,
        place: open.words.place,
        placeholder: isPlaceholder(name),
        fences,
        ...byHand,
        ...(credential === undefined ? {} : { credential }),
      }
    })
}
