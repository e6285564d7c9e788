import { headerOf } from '../../model/http.ts'
import { subjectOf, type Check } from './check.ts'

/**
 * Where the document speaks of Retry-After at its 429, a 429 has one: without it nobody knows when to come
 * back (RFC 6585, 4; RFC 9110, 10.2.3). It is a number of seconds or a date.
 */
export const retryAfterMissing: Check = {
  code: 'retry-after-missing',
  mootAfter: ['header-missing', 'header-schema', 'truncated-answer'],
  *check({ operation, answer, response }) {
    if (answer?.status !== 429) return
    const given = headerOf(answer.headers, 'retry-after')
    const documented = response?.headers.find(({ name }) => /^retry-after$/i.test(name))
    if (given === undefined ? documented === undefined : /^\d+$/.test(given) || isDate(given))
      return
    yield {
      summary: `${subjectOf(operation)} answered 429 ${given === undefined ? 'without saying when to come back' : 'with a Retry-After that says no time'}.`,
      expected: 'a Retry-After in seconds, or with a date',
      actual: given === undefined ? 'none' : `Retry-After: ${given}`,
      pointer: documented?.pointer ?? response?.pointer ?? operation.pointer,
    }
  },
}

const isDate = (text: string): boolean => /^[a-z]/i.test(text) && !Number.isNaN(Date.parse(text))
