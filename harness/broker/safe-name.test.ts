import { expect, test } from 'vitest'
import { safeName } from './safe-name.ts'

test.each([
  ['../../etc/passwd', /^etc-passwd-[0-9a-f]{8}\.json$/],
  ['.', /^contract-[0-9a-f]{8}\.json$/],
  ['C:\\Windows\0', /^C-Windows-[0-9a-f]{8}\.json$/],
  ['наш клиент', /^contract-[0-9a-f]{8}\.json$/],
  ['web', /^web-[0-9a-f]{8}\.json$/],
  ['x'.repeat(5000), /^x{60}-[0-9a-f]{8}\.json$/],
])('%s leads nowhere', (name, expected) => {
  expect(safeName(name, 'https://broker.example.com/1')).toMatch(expected)
})

test('different contracts of one consumer have different names', () => {
  expect(safeName('web', 'a')).not.toBe(safeName('web', 'b'))
})
