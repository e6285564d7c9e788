import { expect, test } from 'vitest'
import { bestMediaType, essenceOf, isJson, parseMediaType } from './media-type.ts'

test.each([
  ['application/json', true],
  ['application/problem+json; charset=utf-8', true],
  ['application/vnd.a.b+JSON', true],
  ['text/plain', false],
  ['application/jsonlines', false],
  ['json', false],
])('%s is JSON: %s', (text, expected) => {
  expect(isJson(text)).toBe(expected)
})

test('parameters are told apart from the type', () => {
  expect(parseMediaType('Text/HTML; Charset="UTF-8"; q=1')).toMatchObject({
    type: 'text',
    subtype: 'html',
    parameters: { charset: 'utf-8', q: '1' },
  })
  expect(essenceOf(' Text/HTML;x=1')).toBe('text/html')
})

test('the most specific documented type speaks', () => {
  const documented = ['*/*', 'application/*', 'application/json', 'application/json; v=2']
  expect(bestMediaType('application/json', documented)).toBe('application/json')
  expect(bestMediaType('application/json; v=2', documented)).toBe('application/json; v=2')
  expect(bestMediaType('application/xml', documented)).toBe('application/*')
  expect(bestMediaType('image/png', documented)).toBe('*/*')
  expect(bestMediaType('image/png', ['text/*'])).toBeUndefined()
})
