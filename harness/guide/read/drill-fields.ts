import { parseDuration } from '../../config/duration.ts'
import type { Place } from '../../model/place.ts'
import { parseFault } from '../faults/kinds.ts'
import { parseSymptoms } from '../symptoms/phrases.ts'
import type { Breaks, Drill, Ends, Prevention, Words } from '../types.ts'
import type { Labelled } from './labels.ts'
import type { DrillMeaning } from './meanings.ts'
import type { PlacedProblem } from './problems.ts'
import { isPlaceholder } from './part.ts'
import { onOneLine, placeWithin } from './source.ts'

type Report = (problem: PlacedProblem) => void
type Fields = Pick<
  Drill,
  'symptoms' | 'fault' | 'breaks' | 'ends' | 'recovers' | 'solution' | 'prevention' | 'lost'
>

const readFault = ({ text, place }: Words, report: Report): Drill['fault'] => {
  const parsed = parseFault(onOneLine(text))
  if ('fault' in parsed) return { ...parsed.fault, text: onOneLine(text), place }
  report({ ...parsed.problem, place })
  return undefined
}

const readBreaks = ({ text, place }: Words, report: Report): Breaks | undefined => {
  const match = /^(?:`)?step\s+`?(\d+)`?[.`]*$/i.exec(text)
  if (match !== null) return { step: Number(match[1]), place }
  report({ problem: `"${text}" names no step`, place, expected: 'one step, such as "step 1"' })
  return undefined
}

const timeAfter = (word: string, text: string): number | undefined => {
  const match = new RegExp(String.raw`^${word}\s+\`?([^\`]+?)\`?[.]?$`, 'i').exec(text)
  return match === null ? undefined : parseDuration(match[1] ?? '')
}

const readEnds = ({ text, place }: Words, report: Report): Ends | undefined => {
  if (/^by\s+the\s+solution\b/i.test(text)) return { by: 'solution', place }
  const afterMilliseconds = timeAfter('after', text)
  if (afterMilliseconds !== undefined) return { by: 'harness', afterMilliseconds, place }
  report({
    problem: `"${text}" does not say how the fault ends`,
    place,
    expected: '"after `5 s`" (then it is lifted) or "by the solution"',
  })
  return undefined
}

const readRecovers = ({ text, place }: Words, report: Report): Drill['recovers'] => {
  const withinMilliseconds = timeAfter('within', text)
  if (withinMilliseconds !== undefined) return { withinMilliseconds, place }
  report({ problem: `"${text}" does not say how soon`, place, expected: '"within `5 s`"' })
  return undefined
}

const setting = String.raw`(?:\`[A-Za-z_]\w*=[^\`]*\`|[A-Za-z_]\w*=[^\s:,]+)`
const preventionHead = new RegExp(
  `^with\\s+(${setting}(?:\\s*(?:,|and|,\\s*and)\\s*${setting})*)\\s*:\\s*`,
  'i',
)

/** A prevention that is a setting; other words are advice that nothing can check. */
const readPrevention = (words: Words, report: Report): Prevention | undefined => {
  const head = preventionHead.exec(words.text)
  if (head === null) return undefined
  const settings = (head[1] ?? '').matchAll(/([A-Za-z_]\w*)=([^`\s,]*)/g)
  const environment = Object.fromEntries(
    [...settings].map((match) => [match[1], match[2]] as const),
  )
  const rest = words.text.slice(head[0].length)
  const { symptoms, problems } = parseSymptoms(rest, (index) =>
    placeWithin(words)(head[0].length + index),
  )
  for (const problem of problems) report(problem)
  if (rest.trim() === '')
    report({
      problem: 'the prevention does not say what then holds',
      place: words.place,
      expected: 'with NAME=VALUE: and a symptom',
    })
  return { place: words.place, environment, symptoms }
}

const needed = [
  ['symptoms', 'Symptoms', 'step 1 answers `504`'],
  ['breaks', 'Breaks', 'step 1'],
  ['ends', 'Ends', 'after `5 s`'],
  ['recovers', 'Recovers', 'within `5 s`'],
] as const

/**
 * What the labels of a drill say. Words are held to the grammar only in a drill that has a Fault:
 * without one it is a note for people, and nothing rehearses it.
 */
export const readDrillFields = (
  labels: ReadonlyMap<DrillMeaning, Labelled>,
  place: Place,
  report: Report,
): Fields => {
  const wordsOf = (meaning: DrillMeaning): Words | undefined => labels.get(meaning)?.words
  const solution = wordsOf('solution')
  const note = solution === undefined ? {} : { solution }
  const lost = wordsOf('lost')
  const fault = wordsOf('fault')
  if (fault === undefined || fault.text === '' || isPlaceholder(fault.text)) return note
  for (const [meaning, label, example] of needed)
    if (!labels.has(meaning))
      report({
        problem: `this drill has a Fault and does not say its ${label}`,
        place,
        expected: `**${label}**: ${example}`,
        fix: `add **${label}**`,
      })
  const read = <Value>(
    meaning: DrillMeaning,
    reader: (words: Words, report: Report) => Value | undefined,
  ): Value | undefined => {
    const words = wordsOf(meaning)
    return words === undefined ? undefined : reader(words, report)
  }
  const symptoms = read('symptoms', (words) => {
    const parsed = parseSymptoms(words.text, placeWithin(words))
    for (const problem of parsed.problems) report(problem)
    return parsed.symptoms
  })
  const fields = {
    fault: readFault(fault, report),
    symptoms,
    breaks: read('breaks', readBreaks),
    ends: read('ends', readEnds),
    recovers: read('recovers', readRecovers),
    prevention: read('prevention', readPrevention),
    lost,
  }
  const given = Object.entries(fields).filter(([, value]) => value !== undefined)
  return { ...note, ...(Object.fromEntries(given) as Fields) }
}
