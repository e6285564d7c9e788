import type { Comparison, Span } from '../facts/comparison.ts'
import { endpointsIn } from './endpoints.ts'
import { operationsIn } from './fields.ts'
import type { Known, KnownOperation } from './known.ts'
import { operationOf } from './operation-of.ts'
import type { Page } from './page.ts'

/** Whether an operation may answer with a status, as its document says. */
export const documents = ({ statuses }: KnownOperation, status: number): boolean =>
  statuses.some(
    (one) => one === 'default' || one === String(status) || one === `${Math.floor(status / 100)}XX`,
  )

interface Said extends Span {
  readonly status: number
  /** The operation that it is said of; absent: of any. */
  readonly of?: KnownOperation
}

/** The words before a status in code that say it is one, and those that say it does not come. */
const answers = /\b(?:answer(?:s|ed)?|answer (?:is|was)|status|HTTP|returns?|responds? with)\s*$/i
const denied = /\b(?:not|never|no|without|instead of|rather than|than)\b|n['’]t\b/i

/** What says so stands right before it, or before others of its kind: "answers `401` or `403`". */
const listed = /(?:`[1-5]\d\d`\s*(?:,|,?\s*(?:or|and))\s*)+$/

const saidInSentences = (page: Page, known: Known): readonly Said[] =>
  page.sentences.flatMap((sentence) => {
    const operations = operationsIn(sentence, known)
    return sentence.codes.flatMap(({ value, from, to }) => {
      if (!/^[1-5]\d\d$/.test(value)) return []
      const before = sentence.text.slice(0, from - sentence.from).replace(listed, '')
      if (!answers.test(before) || denied.test(before.slice(-40))) return []
      const [only, ...others] = operations
      const one = others.length === 0 ? only : undefined
      return [{ status: Number(value), from, to, ...(one === undefined ? {} : { of: one }) }]
    })
  })

const saidInTables = (page: Page, operations: readonly KnownOperation[]): readonly Said[] =>
  page.tables.flatMap(({ rows }) =>
    rows.flatMap((row) => {
      const { status } = row.cells
      const [named, ...others] = endpointsIn(row)
      if (status === undefined || named === undefined || others.length > 0) return []
      const operation = operationOf(operations, named.method, named.path)
      if (operation === undefined || !/^[1-5]\d\d(?:[\s,/|]+(?:or )?[1-5]\d\d)*$/.test(status.text))
        return []
      const { from, to } = status
      return [...status.text.matchAll(/\d{3}/g)].map(([one]) => ({
        status: Number(one),
        from,
        to,
        of: operation,
      }))
    }),
  )

/**
 * Statuses that a page says are answered, held to the spec: of the one operation that the sentence or
 * the row names, else of any. A 5xx may come of any operation, documented or not, and what a system behind the
 * provider answers may be more than its document says.
 */
export const compareStatuses = (page: Page, known: Known): readonly Comparison[] => {
  const { facts } = known
  if (facts.some(({ operations }) => operations === undefined)) return []
  const operations = facts.flatMap((one) => one.operations ?? [])
  if (operations.length === 0) return []
  const upstream = facts.flatMap((one) => one.upstreamOperations ?? [])
  const said = [...saidInSentences(page, known), ...saidInTables(page, operations)]
  return said.map(({ status, of, from, to }): Comparison => {
    const name = of === undefined ? 'any operation' : `${of.method} ${of.path}`
    const common = {
      code: 'page-status' as const,
      span: { from, to },
      place: page.source.placeAt(page.text[from] === '|' ? from + 2 : from),
      subject: of === undefined ? `the status ${status}` : name,
      problem: `the spec knows no ${status} of ${name}`,
      says: `an answer ${status}`,
      wrong: 'either' as const,
    }
    if ((of === undefined ? operations : [of]).some((one) => documents(one, status)))
      return { ...common, came: 'agrees' }
    const elsewhere = of === undefined && upstream.some((one) => documents(one, status))
    if (elsewhere || of?.upstream === true || status >= 500) return { ...common, came: 'silent' }
    const others =
      of === undefined ? 'a status that the spec documents' : `one of ${of.statuses.join(', ')}`
    return { ...common, came: 'differs', others, fix: 'correct the page, or document the status' }
  })
}
