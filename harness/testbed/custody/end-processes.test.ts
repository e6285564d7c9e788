import { describe, expect, test } from 'vitest'
import { descendants } from './end-processes.ts'
import type { ProcessRow } from './process-table.ts'

const row = (pid: number, parent: number): ProcessRow => ({
  pid,
  parent,
  group: pid,
  zombie: false,
  startTime: '1',
})
const table = [row(1, 0), row(30, 20), row(20, 10), row(10, 1), row(11, 1), row(21, 11)]
const below = (...pids: readonly number[]): readonly number[] =>
  descendants(
    table,
    table.filter(({ pid }) => pids.includes(pid)),
  )
    .map(({ pid }) => pid)
    .toSorted((a, b) => a - b)

describe('descendants', () => {
  test('children and their children, in whatever order the table has them', () => {
    expect(below(10)).toEqual([20, 30])
  })

  test('not the ancestors themselves, and nothing of others', () => {
    expect(below(20)).toEqual([30])
    expect(below(30)).toEqual([])
    expect(below(10, 20)).toEqual([30])
  })

  test('a process that is its own parent ends nothing', () => {
    expect(descendants([row(5, 5)], [row(5, 5)])).toEqual([])
  })
})
