import { expect, test } from 'vitest'
import { clauseIn, clauseOf, specCodes } from './codes.ts'

test("a clause is cited as the document's own version numbers it", () => {
  expect(clauseIn('body-schema', '3.1.0')).toBe('OpenAPI 3.1, 4.8.24')
  expect(clauseIn('body-schema', '3.0.3')).toBe('OpenAPI 3.0, 4.7.24')
  expect(clauseIn('body-schema', '2.0')).toBe('OpenAPI 2.0, Schema Object')
  expect(clauseIn('body-schema', '3.2.0')).toBe('OpenAPI 3.2, Schema Object')
  expect(clauseIn('server-error', '2.0')).toBe('RFC 9110, 15.6')
})

test.each(specCodes)('$code has a clause in each version', ({ code }) => {
  for (const version of ['2.0', '3.0.4', '3.1.1', '3.2.0'])
    expect(clauseIn(code, version)).not.toMatch(/undefined|^$/)
  expect(clauseIn(code, '3.1.0')).toBe(clauseOf(code))
})
