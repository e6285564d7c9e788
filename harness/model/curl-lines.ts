import { curlCommand, curlLine, quoted } from './curl.ts'
import type { Finding } from './finding.ts'
import type { ShownRequest, Taking } from './recipe.ts'

/** How a shell calls what `{{name}}` stands for. */
const variableOf = (name: string): string =>
  name
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '_')
    .replace(/^(?=\d)/, '_')

/** The word of a shell for a text with `{{name}}` in it. */
const quoteWith =
  (names: ReadonlySet<string>) =>
  (text: string): string =>
    text
      .split(/\{\{([^{}]+)\}\}/)
      .map((part, index) => {
        if (index % 2 === 0) return part === '' ? '' : quoted(part)
        return names.has(part) ? `"$${variableOf(part)}"` : quoted(`{{${part}}}`)
      })
      .join('') || "''"

/** A JSON Pointer as jq writes it. */
const filterOf = (pointer: string): string => {
  const segments = pointer.split('/').slice(1)
  const steps = segments
    .map((one) => one.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((one) => {
      if (/^\d+$/.test(one)) return `[${one}]`
      return /^[A-Za-z_]\w*$/.test(one) ? `.${one}` : `[${JSON.stringify(one)}]`
    })
    .join('')
  return steps.startsWith('.') ? steps : `.${steps}`
}

const keptOf = { all: '', path: " | sed 's#^[a-z]*://[^/]*##'", last: " | sed 's#.*/##'" } as const

/** Reads the header out of an answer that has its headers before the body. */
const headerFilter = (header: string, keep: keyof typeof keptOf): string =>
  `tr -d '\\r' | grep -i ${quoted(`^${header}:`)} | head -n 1 | sed 's/^[^:]*: *//'${keptOf[keep]}`

const taken = ({ name, from }: Taking, answer: string, hasHeaders: boolean): string => {
  const body = hasHeaders ? "tr -d '\\r' | sed '1,/^$/d' | " : ''
  const filter =
    'header' in from
      ? headerFilter(from.header, from.keep)
      : `${body}jq -r ${quoted(filterOf(from.pointer))}`
  return `${variableOf(name)}=$(${answer} | ${filter})`
}

const linesFor = (
  { request, takes }: ShownRequest,
  index: number,
  quote: (text: string) => string,
): readonly string[] => {
  const [only, ...others] = takes
  if (only === undefined) return [curlCommand(request, '-i', quote)]
  if (others.length === 0) {
    const hasHeaders = 'header' in only.from
    return [taken(only, curlCommand(request, hasHeaders ? '-si' : '-s', quote), hasHeaders)]
  }
  const variable = `ANSWER_${index + 1}`
  return [
    `${variable}=$(${curlCommand(request, '-si', quote)})`,
    ...takes.map((one) => taken(one, `printf '%s\\n' "$${variable}"`, true)),
  ]
}

/**
 * Lines for a POSIX shell that show a finding, in their order: what has to come before, then the
 * request itself. What an answer gives to a later request is kept in a variable, by curl and jq.
 * Secrets are not masked here.
 *
 * @example
 * curlLinesOf(finding)
 * // ["ID=$(curl -s -X POST 'http://127.0.0.1:1/orders' | jq -r '.id')", `curl -i 'http://127.0.0.1:1/orders/'"$ID"`]
 */
export const curlLinesOf = ({
  request,
  shown,
}: Pick<Finding, 'request' | 'shown'>): readonly string[] => {
  if (shown === undefined) return request === undefined ? [] : [curlLine(request)]
  const names = new Set(shown.flatMap(({ takes }) => takes.map(({ name }) => name)))
  return shown.flatMap((one, index) => linesFor(one, index, quoteWith(names)))
}
