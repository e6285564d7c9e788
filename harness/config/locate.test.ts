import { expect, test } from 'vitest'
import { locateInDefaultExport } from './locate.ts'

test.each([
  ["export default {\n  'a b': 1,\n}", 2],
  ["export default defineStates({\n  'a b': async () => {},\n})", 2],
  ["const states: States = {\n\n  'a b': f,\n}\nexport default states", 3],
  ["export const states = define({\n  'a b': f,\n})\nexport default states", 2],
  ["export default {\n  'a b'() {},\n} satisfies States", 2],
  ["const key = 'a b'\nexport default { [key]: 1 }", 2],
  ["import states from './s.ts'\n\nexport default states", 3],
])('%s', (source, line) => {
  expect(locateInDefaultExport(source, ['a b'])?.line).toBe(line)
})

test.each(['export default {', 'export const a = 1'])('%s has no place', (source) => {
  expect(locateInDefaultExport(source, ['a'])).toBeUndefined()
})
