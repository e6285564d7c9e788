import { formatPlace, type Place } from '../../model/place.ts'
import type { Comparison, Span, Wrong } from '../facts/comparison.ts'
import { defaultsIn } from '../facts/say-default.ts'
import type { Told } from '../facts/templates.ts'
import { sameValue, saysValue } from '../facts/value.ts'
import { fieldsNamed, operationsAbove, operationsIn, shared } from './fields.ts'
import type { Known, KnownOperation } from './known.ts'
import type { Page } from './page.ts'

interface Said extends Span {
  readonly name: string
  readonly value: string
  readonly place: Place
  /** The operations that it is said of; empty: of any. */
  readonly of: readonly KnownOperation[]
}

interface Source {
  readonly value: string
  readonly place: Place
  readonly isDefault: boolean
}

const saidBy = (page: Page, known: Known): readonly Said[] => {
  const place = (at: number) => page.source.placeAt(at)
  return [
    ...page.sentences.flatMap((sentence) =>
      defaultsIn(sentence).map((said) => ({
        ...said,
        from: said.nameAt,
        place: place(said.from),
        of: operationsIn(sentence, known),
      })),
    ),
    ...page.tables.flatMap(({ rows, above }) =>
      rows.flatMap(({ cells: { name, default: value } }) =>
        name === undefined || value === undefined || !saysValue(value.text)
          ? []
          : [
              {
                from: Math.min(name.from, value.from),
                to: Math.max(name.to, value.to),
                name: name.text,
                value: value.text,
                place: place(value.from + 2),
                of: operationsAbove(above, known),
              },
            ],
      ),
    ),
  ]
}

const isSetting = (name: string): boolean => /^[A-Z][A-Z0-9_]*$/.test(name)

const sourcesOf = ({ name, of }: Said, { facts, told }: Known): readonly Source[] => {
  if (isSetting(name)) return told.filter((one: Told) => one.name === name)
  const value = shared(fieldsNamed(name, of, facts), (field) => field.default)
  return value === undefined ? [] : [{ value: value.of, place: value.place, isDefault: true }]
}

const compared = (
  said: Said,
  sources: readonly Source[],
  earlier: Said | undefined,
): Comparison => {
  const { name, value, place } = said
  const common = {
    code: 'page-default' as const,
    span: { from: said.from, to: said.to },
    place,
    subject: name,
    problem: `the default of ${name} is said to be ${value}`,
    says: `${name} is ${value} where nobody sets it`,
  }
  const judged = sources.map((source) => ({
    ...source,
    same: sameValue(name, value, source.value),
  }))
  const against = judged.filter(({ same, isDefault }) => same === false && isDefault)
  const agreeing = judged.some(({ same }) => same === true)
  const [first] = against
  if (first !== undefined) {
    const files = new Set(against.map((one) => one.place.file))
    const wrong: Wrong = files.size > 1 && !agreeing ? 'page' : 'either'
    const others = against.map((one) => `${one.value} (${formatPlace(one.place)})`)
    const fix = `write ${first.value}, or correct ${first.place.file}`
    return { ...common, came: 'differs', wrong, others: [...new Set(others)].join(', '), fix }
  }
  if (earlier !== undefined && sameValue(name, value, earlier.value) === false) {
    const others = `${earlier.value} (line ${earlier.place.line} of the same page)`
    return {
      ...common,
      came: 'differs',
      wrong: 'either',
      others,
      fix: 'say the same in both places',
    }
  }
  const example = judged.find(({ same }) => same === false)
  if (example !== undefined && !agreeing) {
    const others = `${example.value} (${formatPlace(example.place)}), which may be no default`
    return { ...common, came: 'noted', wrong: 'either', others }
  }
  return { ...common, came: agreeing ? 'agrees' : 'silent', wrong: 'either' }
}

/**
 * Defaults that a page says, held to the spec's, to those of the files that the page links to, and to
 * what the page says elsewhere. A value that an example sets need not be the default: it is noted.
 */
export const compareDefaults = (page: Page, known: Known): readonly Comparison[] => {
  const names = new Set(known.told.map(({ name }) => name))
  const said = saidBy(page, known).filter(({ value }) => !names.has(value))
  return said.map((one, index) => {
    const earlier = said
      .slice(0, index)
      .find(({ name, of }) => name === one.name && isSetting(name) && of.length === 0)
    return compared(one, sourcesOf(one, known), earlier)
  })
}
