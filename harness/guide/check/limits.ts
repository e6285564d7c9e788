import { formatPlace, type Place } from '../../model/place.ts'
import type { Comparison, Span } from '../facts/comparison.ts'
import { limitsIn } from '../facts/say-limit.ts'
import { fieldsNamed, operationsAbove, operationsIn, shared } from './fields.ts'
import type { Known, KnownField, KnownOperation } from './known.ts'
import type { Page } from './page.ts'

interface Said extends Span {
  readonly name: string
  readonly bound: 'maximum' | 'minimum'
  readonly value: number
  readonly counts?: 'text' | 'list'
  readonly place: Place
  readonly of: readonly KnownOperation[]
}

const saidBy = (page: Page, known: Known): readonly Said[] => {
  const place = (at: number) => page.source.placeAt(at)
  return [
    ...page.sentences.flatMap((sentence) =>
      limitsIn(sentence).map((said) => ({
        ...said,
        from: said.nameAt,
        place: place(said.from),
        of: operationsIn(sentence, known),
      })),
    ),
    ...page.tables.flatMap(({ rows, above }) =>
      rows.flatMap(({ cells }) =>
        (['maximum', 'minimum'] as const).flatMap((bound) => {
          const { name, [bound]: cell } = cells
          const [, digits] =
            /^(-?\d[\d_,]*)(?: (?:characters?|items?))?$/.exec(cell?.text ?? '') ?? []
          if (name === undefined || cell === undefined || digits === undefined) return []
          return [
            {
              from: Math.min(name.from, cell.from),
              to: Math.max(name.to, cell.to),
              name: name.text,
              bound,
              value: Number(digits.replaceAll(/[_,]/g, '')),
              place: place(cell.from + 2),
              of: operationsAbove(above, known),
            },
          ]
        }),
      ),
    ),
  ]
}

/** The bound of a field in the page's own measure; a number is no length of a text. */
const boundOf =
  ({ bound, counts }: Said) =>
  (field: KnownField): number | undefined =>
    counts === undefined || field.kind === counts ? field[bound] : undefined

/** Limits that a page says of parameters and members, held to those of the spec. */
export const compareLimits = (page: Page, known: Known): readonly Comparison[] =>
  saidBy(page, known).map((said): Comparison => {
    const { name, bound, value, place } = said
    const fields = fieldsNamed(name, said.of, known.facts)
    // "At most 100" of a text without a word for what is counted may count anything.
    const clear = said.counts !== undefined || fields.every(({ kind }) => kind === 'number')
    const found = clear ? shared(fields, boundOf(said)) : undefined
    const common = {
      code: 'page-limit' as const,
      span: { from: said.from, to: said.to },
      place,
      subject: name,
      problem: `the ${bound} of ${name} is said to be ${value}`,
      says: `${bound === 'maximum' ? 'at most' : 'at least'} ${value}`,
      wrong: 'either' as const,
    }
    if (found === undefined) return { ...common, came: 'silent' }
    if (found.of === value) return { ...common, came: 'agrees' }
    return {
      ...common,
      came: 'differs',
      others: `${found.of} (${formatPlace(found.place)})`,
      fix: `write ${found.of}, or correct the spec`,
    }
  })
