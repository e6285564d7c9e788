import { fillText, keptValue, textOf, type Kept } from './hole.ts'
import type { JsonTemplate } from './json-template.ts'

const valueOf = (template: JsonTemplate, kept: Kept): unknown => {
  if (template.kind === 'value') return template.value
  if (template.kind === 'text') return fillText(template.text, kept)
  if (template.kind === 'array') return template.items.map((item) => valueOf(item, kept))
  if (template.kind === 'object')
    return Object.fromEntries(
      template.members.map(({ name, value }) => [name, valueOf(value, kept)]),
    )
  if (template.hole.kind !== 'use') return null
  const value = keptValue(kept, template.hole.name)
  return template.quoted ? textOf(value) : value
}

/**
 * The JSON text that a request sends: names filled, quoted ones as text. Throws `NothingKept`.
 *
 * @example
 * renderJson(root, new Map([['order', 12]])) // '{"order":12}'
 */
export const renderJson = (template: JsonTemplate, kept: Kept): string =>
  JSON.stringify(valueOf(template, kept))
