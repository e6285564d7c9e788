import { expect, test } from 'vitest'
import { fillText, fitsText, NothingKept, textOf, wholeHole } from './hole.ts'
import { parseJsonTemplate } from './json-template.ts'
import { renderJson } from './render-json.ts'

const kept = () =>
  new Map<string, unknown>([
    ['order', 12],
    ['name', 'a/b "c"'],
  ])
const render = (text: string) => {
  const parsed = parseJsonTemplate(text, () => ({ file: 'g.md', line: 1 }))
  if ('problem' in parsed) throw new Error(parsed.problem.reason)
  return renderJson(parsed.root, kept())
}

test('a name is filled as text, encoded where that is asked for', () => {
  expect(fillText('/o/{{order}}/{{ name }}', kept(), encodeURIComponent)).toBe(
    '/o/12/a%2Fb%20%22c%22',
  )
})

test('a name that nothing kept is said', () => {
  expect(() => fillText('{{nothing}}', kept())).toThrow(NothingKept)
})

test('[http-holes] a request sends values as they are, and as text in quotation marks', () => {
  expect(render('{ "a": {{order}}, "b": "{{order}}", "c": "x{{name}}" }')).toBe(
    '{"a":12,"b":"12","c":"xa/b \\"c\\""}',
  )
})

test('braces within a text are not mistaken for a value', () => {
  expect(render(String.raw`{ "a": "\"{{order}}\"", "{{b}}": 1 }`)).toBe(
    String.raw`{"a":"\"12\"","{{b}}":1}`,
  )
})

test('signs in a text with holes mean themselves', () => {
  expect(fitsText('a.b({{any}})*', 'a.b(1)*', new Map())).toBe(true)
  expect(fitsText('a.b({{any}})*', 'axb(1)*', new Map())).toBe(false)
})

test('a hole is the whole of a text or a part of it', () => {
  expect(wholeHole('{{new order}}')).toEqual({ kind: 'new', name: 'order' })
  expect(wholeHole('x{{order}}')).toBeUndefined()
})

test('values are shown as text', () => {
  expect([textOf('a'), textOf(1), textOf({ a: 1 })]).toEqual(['a', '1', '{"a":1}'])
})
