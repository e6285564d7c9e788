import { toString } from 'mdast-util-to-string'
import type { Comparison } from '../facts/comparison.ts'
import { speaksOfOne } from '../facts/say-default.ts'
import { sameValue, saysValue } from '../facts/value.ts'
import type { Known } from './known.ts'
import type { Page } from './page.ts'

/**
 * Values that a table with the columns Setting and Value says, held to those that the config gives as
 * they stand. Another is noted and no more: the config is of testbeds, the page may be of elsewhere.
 * The value of the config is not said, for it may be a secret.
 */
export const compareValues = (page: Page, { facts }: Known): readonly Comparison[] =>
  page.tables.flatMap(({ rows, above }) =>
    above !== undefined && speaksOfOne(toString(above))
      ? []
      : rows.flatMap(({ cells: { name, value } }): readonly Comparison[] => {
          if (name === undefined || value === undefined || !saysValue(value.text)) return []
          const given = facts.flatMap(({ given: all = {} }) => all[name.text] ?? [])
          const same = given.map((one) => sameValue(name.text, value.text, one))
          if (same.length === 0 || same.some((one) => one !== false)) return []
          return [
            {
              code: 'page-setting',
              came: 'noted',
              span: { from: value.from, to: value.to },
              place: page.source.placeAt(value.from + 2),
              subject: name.text,
              problem: `the config gives ${name.text} another value than ${value.text}`,
              says: `${name.text} is ${value.text}`,
              fix: 'correct one of the two, or say above the table where these values hold',
              wrong: 'either',
            },
          ]
        }),
  )
