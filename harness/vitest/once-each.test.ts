import { expect, test } from 'vitest'
import type { Finding } from '../model/finding.ts'
import { onceEach } from './once-each.ts'

const found = (subject: string, pointer: string, code = 'body-schema'): Finding => ({
  code,
  summary: '',
  subject,
  place: { file: 'a.yaml', line: 1, pointer },
  expected: '',
  actual: '',
  confirmed: true,
})

test('each finding is made small once, a shared rule for one operation, and a code not too often', () => {
  const isToShrink = onceEach()
  const asked = (finding: Finding): boolean => isToShrink(undefined, finding)
  const shared = '/components/schemas/Error'
  expect([found('GET /a', shared), found('GET /b', shared)].map(asked)).toEqual([true, false])
  const own = ['a', 'b', 'a'].map((name) => found(`GET /${name}`, `/paths/~1${name}/get`))
  expect(own.map(asked)).toEqual([true, true, false])
  const many = Array.from({ length: 20 }, (_, n) =>
    found(`GET /${n}`, `/paths/~1${n}`, 'no-answer'),
  )
  expect(many.map(asked).filter(Boolean)).toHaveLength(8)
})
