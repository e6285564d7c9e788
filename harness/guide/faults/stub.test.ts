import { describe, expect, test } from 'vitest'
import { parseFault } from './kinds.ts'

const variant = (text: string): unknown => {
  const parsed = parseFault(text)
  if ('problem' in parsed) {
    const { problem, fix = '' } = parsed.problem
    return `${problem} -> ${fix}`
  }
  return 'variant' in parsed.fault ? parsed.fault.variant : parsed.fault
}

describe('[fault-stub] what a stub answers', () => {
  test.each([
    ['stub `payments`, answers `503`', { does: 'answers', status: 503 }],
    [
      'stub `payments`, answers `429` to the first `2` requests.',
      { does: 'answers', status: 429, first: 2 },
    ],
    ['stub `payments`, slow by `3 s`', { does: 'slow', milliseconds: 3000 }],
    ['stub `payments`, malformed', { does: 'broken-answer', how: 'malformed' }],
    ['stub `payments`, empty', { does: 'broken-answer', how: 'empty' }],
    ['stub `payments`, reset', { does: 'broken-answer', how: 'reset' }],
    ['stub `payments`, wrong schema', { does: 'wrong-schema' }],
  ])('%s', (text, expected) => {
    expect(variant(text)).toEqual(expected)
  })

  test.each([
    ['stub payments, reset', 'the fault does not name its stub: stub payments, reset -> '],
    [
      'stub `payments`, resett',
      'this is nothing that can be done to a stub: resett -> write it as: reset',
    ],
    [
      'stub `payments`, answers `200`',
      'this is nothing that can be done to a stub: answers `200` -> write it as: answers `503` [to the first `2`]',
    ],
    [
      'stub `payments`, answers `503` to the first `0`',
      /^this is nothing that can be done to a stub/,
    ],
  ])('%s: %s', (text, expected) => {
    expect(variant(text)).toEqual(
      typeof expected === 'string' ? expected : expect.stringMatching(expected),
    )
  })
})
