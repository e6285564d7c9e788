/**
 * Makes docs/failure.svg from what a failing run prints:
 *
 *     FORCE_COLOR=1 FAULT=wrong-type npx vitest run specs -t readOrder 2>&1 | node docs/failure-picture.ts
 */
import { writeFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { stripVTControlCharacters } from 'node:util'

const lineHeight = 18
const characterWidth = 7.83
const padding = 16

const escaped = (line: string): string =>
  line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const colourOf = (line: string): string => {
  if (/^ FAIL|^failed:|^ +\| +\^/.test(line)) return '#ff7b72'
  if (/^ {2}(expected|shown by|again)/.test(line)) return '#7ee787'
  if (/^ {2}(came)/.test(line)) return '#ffa657'
  if (line.startsWith(' ❯')) return '#79c0ff'
  return '#c9d1d9'
}

const output = stripVTControlCharacters(await text(process.stdin)).split('\n')
const from = output.findIndex((line) => line.startsWith(' FAIL'))
const to = output.findIndex((line, index) => index > from && line.startsWith('⎯'))
const lines = output.slice(from, to).map((line) => line.trimEnd().slice(0, 140))
const width =
  Math.ceil(Math.max(...lines.map(({ length }) => length)) * characterWidth) + 2 * padding
const height = lines.length * lineHeight + 2 * padding
const rows = lines.map(
  (line, index) =>
    `<text x="${padding}" y="${padding + lineHeight * (index + 0.75)}" fill="${colourOf(line)}">${escaped(line)}</text>`,
)
await writeFile(
  new URL('failure.svg', import.meta.url),
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="ui-monospace, SFMono-Regular, Menlo, monospace" font-size="13" xml:space="preserve"><rect width="100%" height="100%" rx="8" fill="#0d1117"/>${rows.join('')}</svg>\n`,
)
