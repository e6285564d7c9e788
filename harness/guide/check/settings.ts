import { visit } from 'unist-util-visit'
import { parseOrNothing } from '../read/parse-page.ts'
import { makeSource } from '../read/source.ts'
import type { Doubt, KnownFacts } from './doubt.ts'
import { mistypedSetting } from './one-edit.ts'

const setting = /^([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?:=.*)?$/

/**
 * Settings that a page names in backticks and that the provider is not given. One that is plainly a
 * mistyped name is wrong; of another, its default may be in force.
 */
export const checkSettings = (
  file: string,
  text: string,
  facts: readonly KnownFacts[],
): readonly Doubt[] => {
  const source = makeSource(file, text)
  const given = facts.flatMap(({ settings }) => settings)
  const doubts: Doubt[] = []
  const told = new Set<string>()
  visit(parseOrNothing(text), 'inlineCode', ({ value, position }) => {
    const name = setting.exec(value)?.[1]
    if (name === undefined || given.includes(name)) return
    const meant = mistypedSetting(name, given)
    if (meant === undefined && told.has(name)) return
    told.add(name)
    const place = source.placeAt(position?.start.offset ?? 0)
    const problem = `the provider is not given a setting ${name}`
    doubts.push(
      meant === undefined
        ? {
            severity: 'note',
            parts: {
              problem: `${problem}, so its default is in force`,
              place,
              fix: 'name it in the config where the page depends on it',
            },
          }
        : {
            severity: 'wrong',
            parts: {
              problem,
              place,
              expected: `one of ${given.join(', ')}`,
              fix: `write ${meant}`,
            },
          },
    )
  })
  return doubts
}
