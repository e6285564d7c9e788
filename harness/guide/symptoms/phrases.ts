import type { Place } from '../../model/place.ts'
import type { UserErrorParts } from '../../model/user-error.ts'
import { nearest } from '../../model/nearest.ts'
import { answerSays } from './answer-says.ts'
import { answers } from './answers.ts'
import { header } from './header.ts'
import { healthSays } from './health-says.ts'
import { logSays } from './log-says.ts'
import { metricRises } from './metric-rises.ts'
import { noAnswer } from './no-answer.ts'
import type { Symptom, SymptomPhrase } from './symptom.ts'
import type { Sight } from './symptom-kind.ts'
import { within } from './within.ts'

/** Every phrase about symptoms that a page may use; the list is closed. */
export const symptomKinds = [
  answers,
  noAnswer,
  answerSays,
  header,
  within,
  logSays,
  metricRises,
  healthSays,
] as const

/** How each phrase is written, for messages and for `guide words`. */
export const symptomWords: readonly string[] = symptomKinds.map(({ words }) => words)

const parsePhrase = (
  text: string,
): { readonly phrase: SymptomPhrase; readonly length: number } | undefined => {
  for (const kind of symptomKinds) {
    const parsed = kind.parse(text)
    if (parsed !== undefined) return parsed
  }
  return undefined
}

/** A phrase without its values, so that two of them can be compared by their words. */
const bare = (text: string): string => text.replaceAll(/`[^`]*`/g, '``').replaceAll(/\d+/g, 'N')

const nearestPhrase = (text: string): string | undefined => {
  const known = new Map(symptomWords.map((words) => [bare(words), words]))
  const close = nearest(bare(text), known.keys())
  if (close !== undefined) return known.get(close)
  const shared = (words: string): number =>
    bare(words)
      .split(' ')
      .filter((word) => word !== '``' && bare(text).split(/\s+/).includes(word)).length
  const best = symptomWords.toSorted((a, b) => shared(b) - shared(a))[0]
  return best !== undefined && shared(best) > 0 ? best : undefined
}

/**
 * Reads a list of phrases, parted by `;`, `,` or `and`. `placeAt` tells where an index of the text
 * stands in the page.
 *
 * @example
 * parseSymptoms('step 1 answers `504` within `3 s`', placeAt).symptoms.length // 2
 */
export const parseSymptoms = (
  text: string,
  placeAt: (index: number) => Place,
): {
  readonly symptoms: readonly Symptom[]
  readonly problems: readonly (UserErrorParts & { readonly place: Place })[]
} => {
  const symptoms: Symptom[] = []
  const problems: (UserErrorParts & { readonly place: Place })[] = []
  let index = 0
  while (index < text.length) {
    const gap = /^(?:[\s;,.]|and\b)+/i.exec(text.slice(index))?.[0].length ?? 0
    index += gap
    if (index >= text.length) break
    const rest = text.slice(index)
    const parsed = parsePhrase(rest)
    if (parsed !== undefined) {
      symptoms.push({
        ...parsed.phrase,
        text: rest.slice(0, parsed.length),
        place: placeAt(index),
      })
      index += parsed.length
      continue
    }
    const unknown = (rest.split(';')[0] ?? rest).trim()
    const meant = nearestPhrase(unknown)
    problems.push({
      problem: `this is no known symptom: ${unknown}`,
      place: placeAt(index),
      expected: `one of: ${symptomWords.join('; ')}`,
      ...(meant === undefined ? {} : { fix: `write it as: ${meant}` }),
    })
    const next = rest.indexOf(';')
    index = next === -1 ? text.length : index + next
  }
  return { symptoms, problems }
}

/** What was seen instead of what a symptom says; `undefined` where it showed. */
export const unmetSymptom = (
  symptom: Symptom,
  sight: Sight,
): { readonly expected: string; readonly actual: string } | undefined => {
  switch (symptom.kind) {
    case 'answers':
      return answers.unmet(symptom, sight)
    case 'no-answer':
      return noAnswer.unmet(symptom, sight)
    case 'answer-says':
      return answerSays.unmet(symptom, sight)
    case 'header':
      return header.unmet(symptom, sight)
    case 'within':
      return within.unmet(symptom, sight)
    case 'log':
      return logSays.unmet(symptom, sight)
    case 'metric':
      return metricRises.unmet(symptom, sight)
    default:
      return healthSays.unmet(symptom, sight)
  }
}
