import type { Comparison } from '../facts/comparison.ts'
import type { Known } from './known.ts'
import type { Page } from './page.ts'

const label = /^[\s*_]*(?:base url|server|api url)s?[\s*_]*:[\s*_]*$/i
const bare = (url: string): string => url.toLowerCase().replace(/\/$/, '')

const baseUrls = (page: Page, { facts }: Known): readonly Comparison[] => {
  const servers = facts.flatMap((one) => one.servers ?? [])
  return page.sentences.flatMap(({ codes: [first], text, from }): readonly Comparison[] => {
    if (first === undefined || !/^https?:\/\/[\w.:/-]+$/.test(first.value)) return []
    if (!label.test(text.slice(0, first.from - from))) return []
    const agrees = servers.some((one) => bare(one) === bare(first.value))
    return [
      {
        code: 'page-address',
        came: servers.length === 0 ? 'silent' : agrees ? 'agrees' : 'differs',
        span: { from: first.from, to: first.to },
        place: page.source.placeAt(first.from),
        subject: 'the base URL',
        problem: `the spec has no server ${first.value}`,
        says: first.value,
        others: `one of ${servers.join(', ')}`,
        wrong: 'either',
      },
    ]
  })
}

const ports = (page: Page, { facts }: Known): readonly Comparison[] => {
  const known = Object.assign({}, ...facts.map((one) => one.ports ?? {})) as Record<string, number>
  return page.tables.flatMap(({ rows }) =>
    rows.flatMap(({ cells: { part, name, port } }): readonly Comparison[] => {
      const of = part ?? name
      if (of === undefined || port === undefined || !/^\d{1,5}$/.test(port.text)) return []
      const real = Object.hasOwn(known, of.text) ? known[of.text] : undefined
      return [
        {
          code: 'page-address',
          came: real === undefined ? 'silent' : real === Number(port.text) ? 'agrees' : 'differs',
          span: { from: Math.min(of.from, port.from), to: Math.max(of.to, port.to) },
          place: page.source.placeAt(port.from + 2),
          subject: `the port of ${of.text}`,
          problem: `the port of ${of.text} is said to be ${port.text}`,
          says: port.text,
          ...(real === undefined ? {} : { others: `${real} in the config` }),
          wrong: 'either',
        },
      ]
    }),
  )
}

/** Base URLs, held to the spec's servers, and ports of a table, held to those that the config names. */
export const compareAddresses = (page: Page, known: Known): readonly Comparison[] => [
  ...baseUrls(page, known),
  ...ports(page, known),
]
