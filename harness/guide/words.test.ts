import { expect, test } from 'vitest'
import { faultKinds } from './faults/kinds.ts'
import { symptomWords } from './symptoms/phrases.ts'
import { guideWords } from './words.ts'

test('has all labels, faults with where they can be made, and symptoms', () => {
  const lines = guideWords()
    .split('\n')
    .map((line) => line.trim())
  for (const { words, runtimes } of faultKinds)
    for (const one of [...words, runtimes]) expect(lines).toContain(one)
  for (const one of symptomWords) expect(lines).toContain(one)
  expect(lines).toContain(
    'Verification (or Verify, How to check, How to verify, How to confirm, Check, Checks, Testing)',
  )
  expect(lines).toContain('Nothing lost (or Nothing is lost)')
})
