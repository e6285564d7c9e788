import { describe, expect, test } from 'vitest'
import { compareOutput } from './compare-output.ts'
import type { Kept } from './hole.ts'

const lines = (...texts: readonly string[]) =>
  texts.map((text, index) => ({ text, place: { file: 'g.md', line: 20 + index } }))
const compare = (expected: readonly string[], output: string, kept: Kept = new Map()) =>
  compareOutput(lines(...expected), output, kept).map(
    ({ place, expected: wanted, actual }) => `${place.line} ${wanted} <> ${actual}`,
  )

describe('[sh-output] what a command prints', () => {
  test.each([
    [['a', 'b'], 'a\nb\n'],
    [['a', '', 'b'], 'a\n\nb'],
    [['a'], 'a  \r\n'],
    [['...'], ''],
    [['...'], 'a\nb'],
    [['a', '...', 'c'], 'a\nb\nb\nc'],
    [['...', 'b', '...', 'b'], 'a\nb\nb'],
    [['{{any}} ok'], '12 ok'],
    [['order {{order}}'], 'order 7'],
  ])('%j fits %j', (expected, output) => {
    expect(compare(expected, output, new Map([['order', 7]]))).toEqual([])
  })

  test.each([
    [['a', 'x'], 'a\nb', '21 x <> "a\\nb"'],
    [['a'], 'a\nb', '20 no line after "a" <> "a\\nb"'],
    [['a'], '', '20 a <> nothing'],
    [['...', 'c'], 'a\nb', '21 c <> "a\\nb"'],
    [['order {{order}}'], 'order 8', '20 order {{order}} <> "order 8"'],
  ])('%j does not fit %j', (expected, output, mismatch) => {
    expect(compare(expected, output, new Map([['order', 7]]))).toEqual([mismatch])
  })

  test('keeps what comes under a new name, when all fits', () => {
    const kept: Kept = new Map()
    expect(compare(['id {{new id}}', 'x'], 'id 7\ny', kept)).toHaveLength(1)
    expect(kept.size).toBe(0)
    expect(compare(['id {{new id}}', 'id {{id}}'], 'id 7\nid 7', kept)).toEqual([])
    expect(kept.get('id')).toBe('7')
  })
})
