import type { Paragraph } from 'mdast'
import { toString } from 'mdast-util-to-string'
import type { Place } from '../../model/place.ts'
import type { Words } from '../types.ts'
import { sectionMeaning } from './meanings.ts'
import type { Source } from './source.ts'

/** A bold label and the words up to the next one. */
export interface Labelled {
  readonly label: string
  readonly place: Place
  readonly words: Words
  /** A colon parts label and words, or nothing follows: it is meant as a label. */
  readonly marked: boolean
}

const startsLabel = (before: string): boolean => /(?:^|\n|·)[\s>*-]*$/.test(before)

/**
 * The labels of a paragraph: bold words at its start, after a line's end, or after ` · `. A known
 * word of a scenario counts without bold too, where a colon follows it at the paragraph's start.
 *
 * @example
 * labelsOf(source, paragraph) // [{ label: 'Fault', words: { text: 'link `payments`, timeout', … }, … }]
 */
export const labelsOf = (source: Source, paragraph: Paragraph): readonly Labelled[] => {
  const from = paragraph.position?.start.offset ?? 0
  const to = paragraph.position?.end.offset ?? from
  const heads = paragraph.children.flatMap((child) => {
    const start = child.position?.start.offset
    const end = child.position?.end.offset
    if (child.type !== 'strong' || start === undefined || end === undefined) return []
    if (!startsLabel(source.text.slice(from, start))) return []
    const typed = toString(child).trim()
    const after = source.text.slice(end, to)
    const colon = /^\s*:/.exec(after)?.[0].length
    const marked = colon !== undefined || typed.endsWith(':') || after.trim() === ''
    return start === from || marked
      ? [{ label: typed.replace(/\s*:$/, ''), start, wordsFrom: end + (colon ?? 0), marked }]
      : []
  })
  if (heads.length === 0) {
    const match = /^([A-Za-z][A-Za-z -]*?)\s*:/.exec(source.text.slice(from, to))
    if (match === null || sectionMeaning(match[1] ?? '') === undefined) return []
    heads.push({
      label: match[1] ?? '',
      start: from,
      wordsFrom: from + match[0].length,
      marked: true,
    })
  }
  return heads.map(({ label, start, wordsFrom, marked }, index) => {
    const end = heads[index + 1]?.start ?? to
    const raw = source.text.slice(wordsFrom, end)
    const trimmed = raw.replace(/[\s·]+$/, '')
    return {
      label,
      place: source.placeAt(start),
      words: source.words(wordsFrom, wordsFrom + trimmed.length),
      marked,
    }
  })
}
