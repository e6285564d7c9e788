import { visit } from 'unist-util-visit'
import type { Comparison } from '../facts/comparison.ts'
import type { Known } from './known.ts'
import { mistypedSetting } from './one-edit.ts'
import type { Page } from './page.ts'

const setting = /^([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?:=.*)?$/

/**
 * Settings that a page names in backticks, held to those that the provider is given and those that the
 * files which the page links to know. One that is plainly a mistyped name differs; of another, its
 * default may be in force.
 */
export const compareSettings = (
  { tree, source }: Page,
  { facts, told }: Known,
): readonly Comparison[] => {
  const given = facts.flatMap(({ settings }) => settings)
  const known = new Set([...given, ...told.map(({ name }) => name)])
  const comparisons: Comparison[] = []
  const seen = new Set<string>()
  visit(tree, 'inlineCode', ({ value, position }) => {
    const name = setting.exec(value)?.[1]
    if (name === undefined) return
    const from = position?.start.offset ?? 0
    const common = {
      code: 'page-setting' as const,
      span: { from, to: position?.end.offset ?? from },
      place: source.placeAt(from),
      subject: name,
      problem: `the provider is not given a setting ${name}`,
      says: name,
      wrong: 'page' as const,
    }
    const meant = known.has(name) ? undefined : mistypedSetting(name, given)
    if (known.has(name)) comparisons.push({ ...common, came: 'agrees' })
    else if (meant !== undefined)
      comparisons.push({
        ...common,
        came: 'differs',
        others: `one of ${given.join(', ')}`,
        fix: `write ${meant}`,
      })
    else if (seen.has(name)) comparisons.push({ ...common, came: 'silent' })
    else
      comparisons.push({
        ...common,
        came: 'noted',
        problem: `${common.problem}, so its default is in force`,
        fix: 'name it in the config where the page depends on it',
      })
    seen.add(name)
  })
  return comparisons
}
