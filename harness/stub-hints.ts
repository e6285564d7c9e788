import { counted } from './model/counted.ts'
import type { Attempt } from './model/evidence.ts'

const shownMax = 5

const listed = (items: readonly string[]): string => {
  const more = items.length - shownMax
  return `${items.slice(0, shownMax).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

/**
 * What stubs saw that nobody planned, one line for each stub and kind. It explains many a red case:
 * a request that no mapping answers is answered 404.
 *
 * @example
 * stubHints(attempts) // ['payments: 1 request matched no mapping: POST /charges']
 */
export const stubHints = (attempts: readonly Attempt[]): readonly string[] => {
  const reports = attempts.flatMap(({ stubs = [] }) => stubs)
  const names = [...new Set(reports.map(({ name }) => name))]
  return names.flatMap((name) => {
    const own = reports.filter((report) => report.name === name)
    const unmatched = [...new Set(own.flatMap((report) => report.unmatched))]
    const unused = [...new Set(own.flatMap((report) => report.unused))]
    return [
      ...(unmatched.length === 0
        ? []
        : [
            `${name}: ${counted(unmatched.length, 'request')} matched no mapping: ${listed(unmatched)}`,
          ]),
      ...(unused.length === 0
        ? []
        : [
            `${name}: ${counted(unused.length, 'mapping')} of the case answered no request: ${listed(unused)}`,
          ]),
    ]
  })
}
