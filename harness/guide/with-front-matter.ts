/**
 * A page with front matter that binds it to an integration, not adopted, and otherwise byte for byte
 * as it was: what is there already stays, only what is missing is added.
 *
 * @example
 * withFrontMatter('# Orders\n', 'orders') // '---\nintegration: orders\nadopted: false\n---\n# Orders\n'
 */
export const withFrontMatter = (text: string, integration: string): string => {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : ''
  const page = text.slice(mark.length)
  const end = /\r\n/.test(page) ? '\r\n' : '\n'
  const open = /^---[ \t]*\r?\n([\s\S]*?)^---[ \t]*(?:\r?\n|$)/m.exec(page)
  const own = open?.index === 0 ? (open[1] ?? '') : undefined
  const has = (key: string): boolean => new RegExp(`^${key}\\s*:`, 'm').test(own ?? '')
  const lines = [
    ...(has('integration') ? [] : [`integration: ${integration}`]),
    ...(has('adopted') ? [] : ['adopted: false']),
  ].map((line) => `${line}${end}`)
  if (own === undefined || open === null) return `${mark}---${end}${lines.join('')}---${end}${page}`
  const at = open[0].indexOf(own) + own.length
  return `${mark}${page.slice(0, at)}${lines.join('')}${page.slice(at)}`
}
