import type { Place } from '../../model/place.ts'
import { parseJsonTemplate, type JsonTemplate } from './json-template.ts'
import { placeIn, placeInJoined, type FenceProblem, type FenceText } from './line-text.ts'

/** A body as a page writes it: JSON with holes, or text with holes. */
export type BodyTemplate =
  | { readonly kind: 'json'; readonly root: JsonTemplate; readonly place: Place }
  | { readonly kind: 'text'; readonly text: string; readonly place: Place }

const isJson = (text: string, mediaType: string | undefined): boolean =>
  mediaType === undefined
    ? /^(?:[[{"]|-?\d|true\b|false\b|null\b)/.test(text)
    : /json/i.test(mediaType)

/**
 * Reads the body that stands in some lines of a fence; blank lines around it do not count. It is
 * JSON where the media type says so, and where there is none, when it begins as JSON does.
 */
export const parseBody = (
  fence: FenceText,
  span: { readonly first: number; readonly end: number },
  mediaType: string | undefined,
): BodyTemplate | FenceProblem | undefined => {
  let { first, end } = span
  while (first < end && fence.lines[first]?.trim() === '') first += 1
  while (end > first && fence.lines[end - 1]?.trim() === '') end -= 1
  if (first === end) return undefined
  const text = fence.lines.slice(first, end).join('\n')
  const place = placeIn(fence, first)
  if (!isJson(text.trimStart(), mediaType)) return { kind: 'text', text, place }
  const placeAt = placeInJoined(fence, first, text)
  const parsed = parseJsonTemplate(text, placeAt)
  if ('root' in parsed) return { kind: 'json', root: parsed.root, place }
  return {
    problem: `the body is not JSON: ${parsed.problem.reason}`,
    place: placeAt(parsed.problem.index),
    expected: 'JSON, in which {{name}}, {{new name}} and {{any}} may stand for values',
  }
}
