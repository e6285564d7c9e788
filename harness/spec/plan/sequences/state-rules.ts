import { arrayOr, named, objectOr, type JsonValue } from '../../json.ts'
import { flattened } from '../../schema/merge.ts'
import type { Operation, Spec } from '../../types.ts'
import { plainName, singularOf } from '../state/templates.ts'
import { successSchema } from './reading.ts'

/** Properties of a thing that tell its state: enums and truth values, by the words for each. */
export type States = ReadonlyMap<string, readonly JsonValue[]>

/** The states of what an operation answers, as its schema names them. */
export const statesOf = ({ document }: Spec, operation: Operation): States => {
  const schema = successSchema(operation)
  const properties =
    schema === undefined
      ? {}
      : objectOr(flattened(document, { $ref: `#${schema}` }, () => 0)['properties'])
  return new Map(
    Object.entries(properties).flatMap(([name, raw]): [string, readonly JsonValue[]][] => {
      const own = flattened(document, raw, () => 0)
      const values = arrayOr(own['enum']).filter((value) => typeof value === 'string')
      if (values.length > 1) return [[name, values]]
      return own['type'] === 'boolean' ? [[name, [true]]] : []
    }),
  )
}

/** A rule of a document: in which states of a thing an operation is refused. */
export interface StateRule {
  readonly property: string
  readonly words: string
  /** What the words say is in that state: a noun in the singular, where one is said. */
  readonly subject: string | undefined
  readonly isRefused: (value: JsonValue) => boolean
}

/** The sentences of a text, without what only marks words. */
export const sentencesOf = (text: string): readonly string[] =>
  text
    .replaceAll(/[`*"]/g, '')
    .split(/(?<=[.;])\s+|\n{2,}/)
    .map((one) => one.replaceAll(/\s+/g, ' ').trim())
    .filter((one) => one !== '')

const wordFor = (property: string, value: JsonValue): string =>
  (value === true ? property : named(value)).replaceAll(/\W/g, '.')

/** A pattern of a value, as one says it in a sentence. */
export const saying = (property: string, value: JsonValue): RegExp =>
  new RegExp(`\\b${wordFor(property, value)}\\b`, 'i')

const between = String.raw`(?:is|are|was|were|be|been|has|have|not|no|longer|already|only|still|yet|in|state)`

/** Of what a sentence says that it is in a state: *an archived item*, *the item is archived*. */
const subjectIn = (sentence: string, word: string): string | undefined => {
  const said = new RegExp(`(\\w+)(?: that| which| who)?(?: ${between})+ ${word}\\b`, 'i').exec(
    sentence,
  )?.[1]
  const called = new RegExp(`\\b${word} (\\w+)`, 'i').exec(sentence)?.[1]
  const noun = said ?? called
  return noun === undefined ? undefined : singularOf(plainName(noun))
}

const filler = String.raw`(?:(?:an?|the|those|in|be|yet|still|already|longer|state|status)\s+)*`

/** Ways to say that something is refused in any other state, and ways to say that it is in that one. */
const polarities: readonly (readonly ['in it' | 'elsewhere', string])[] = [
  ['in it', String.raw`\b(?:must|may|should) not (?:yet |already |still )?be ${filler}`],
  ['elsewhere', String.raw`\bmust (?:still |already )?be ${filler}`],
  ['elsewhere', String.raw`\b(?:not|no longer|isn't|aren't)\s+${filler}`],
  ['elsewhere', String.raw`\bonly\s+${filler}`],
  ['elsewhere', String.raw`\bonly\b[^.]*\b(?:if|when|while|as long as|once)\b[^.]*\b`],
  ['elsewhere', String.raw`\bonly (?:\w+ ){1,3}(?:that|which|who)\b[^.]*\b`],
  ['elsewhere', String.raw`\b(?:unless|until)\b[^.]*\b`],
  ['in it', String.raw`\b(?:is|are|was|a|an|been)\s+(?:already\s+)?`],
]

/** Whether a sentence refuses something in a state or in all others; `undefined` where it may be neither. */
const polarityOf = (sentence: string, word: string): 'in it' | 'elsewhere' | undefined =>
  polarities.find(([, pattern]) => new RegExp(`${pattern}${word}\\b`, 'i').test(sentence))?.[0]

/** What words say of states in which something is refused, as far as that is beyond doubt. */
export const rulesOf = (texts: readonly string[], states: States): readonly StateRule[] =>
  texts.flatMap(sentencesOf).flatMap((sentence) =>
    [...states].flatMap(([property, values]): readonly StateRule[] => {
      const spoken = values.filter((value) => saying(property, value).test(sentence))
      const [value] = spoken
      if (spoken.length !== 1 || value === undefined) return []
      const word = wordFor(property, value)
      const refused = polarityOf(sentence, word)
      if (refused === undefined) return []
      return [
        {
          property,
          words: sentence,
          subject: subjectIn(sentence, word),
          isRefused: (now) => (now === value) === (refused === 'in it'),
        },
      ]
    }),
  )
