import { isMap, parseDocument, type YAMLMap } from 'yaml'
import type { Place } from '../model/place.ts'
import { UserError } from '../model/user-error.ts'

const opening = /^---[ \t]*\r?\n/
const closing = /^---[ \t]*(?:\r?\n|$)/m

/** The YAML between the marks at the top of a page, and where it begins; what stands between two rules is none. */
const frontMatterOf = (
  page: string,
): { readonly from: number; readonly map: YAMLMap | undefined } | undefined => {
  const [mark] = opening.exec(page) ?? []
  if (mark === undefined) return undefined
  const end = closing.exec(page.slice(mark.length))
  if (end === null) return undefined
  const { contents, errors } = parseDocument(page.slice(mark.length, mark.length + end.index))
  if (errors.length > 0) return undefined
  if (contents === null) return { from: mark.length, map: undefined }
  return isMap(contents) ? { from: mark.length, map: contents } : undefined
}

const refuse = (place: Place, problem: string, fix: string): never => {
  throw new UserError({ problem, place, fix })
}

/**
 * A page with front matter that binds it to an integration, not adopted, and otherwise byte for byte
 * as it was: what is there already stays, only what is missing is added.
 *
 * Throws a `UserError` for a page that says `adopted` of its own, since to adopt it is for a person,
 * and for front matter to which no line can be added.
 *
 * @example
 * withFrontMatter('wiki/orders.md', '# Orders\n', 'orders') // '---\nintegration: orders\nadopted: false\n---\n# Orders\n'
 */
export const withFrontMatter = (file: string, text: string, integration: string): string => {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : ''
  const page = text.slice(mark.length)
  const end = page.includes('\r\n') ? '\r\n' : '\n'
  const own = frontMatterOf(page)
  const place = { file, line: 1 }
  const says = (key: string): boolean => own?.map?.has(key) === true
  if (says('adopted') && own?.map?.get('adopted') !== false)
    refuse(
      place,
      'this page says of itself that it is adopted',
      'take that line out, look at what would run, and put it back',
    )
  const lines = [
    ...(says('integration') ? [] : [`integration: ${integration}`]),
    ...(says('adopted') ? [] : ['adopted: false']),
  ].map((line) => `${line}${end}`)
  if (own === undefined) return `${mark}---${end}${lines.join('')}---${end}${page}`
  if (lines.length > 0 && own.map?.flow === true)
    refuse(
      place,
      'the front matter is one value in braces, to which no line can be added',
      'write its keys on lines of their own',
    )
  return `${mark}${page.slice(0, own.from)}${lines.join('')}${page.slice(own.from)}`
}
