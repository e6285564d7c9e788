import { describe, expect, test } from 'vitest'
import { isAlive, parseProcStat, parsePsLine, processRow, processTable } from './process-table.ts'

const statLine = (pid: number, name: string, state = 'S'): string =>
  `${pid} (${name}) ${state} 41 42 43 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 1 0 987654 1024 5 18446744073709551615\n`

describe('parseProcStat', () => {
  test('reads parent, group and start time', () => {
    expect(parseProcStat(statLine(7, 'node'))).toEqual({
      pid: 7,
      parent: 41,
      group: 42,
      zombie: false,
      startTime: '987654',
    })
  })

  test.each(['a b', 'x) S 1 2', '(((', ') Z 9 9 ('])('a program may call itself %j', (name) => {
    expect(parseProcStat(statLine(7, name))).toMatchObject({ parent: 41, startTime: '987654' })
  })

  test.each([
    ['Z', true],
    ['X', true],
    ['R', false],
  ])('state %s is a zombie: %s', (state, zombie) => {
    expect(parseProcStat(statLine(7, 'node', state))?.zombie).toBe(zombie)
  })

  test.each(['', 'nonsense', '7 (node', '7 (node) S 1'])('%j is no process', (text) => {
    expect(parseProcStat(text)).toBeUndefined()
  })
})

describe('parsePsLine', () => {
  test('reads a line of ps', () => {
    expect(parsePsLine('  123     1   120 Ss   Mon Nov 24 10:47:11 2026  ')).toEqual({
      pid: 123,
      parent: 1,
      group: 120,
      zombie: false,
      startTime: 'Mon Nov 24 10:47:11 2026',
    })
  })

  test('knows zombies, and passes over what is no line', () => {
    expect(parsePsLine('1 1 1 Z+ Mon Nov 24 10:47:11 2026')?.zombie).toBe(true)
    expect(parsePsLine('')).toBeUndefined()
  })
})

describe('the process table', () => {
  test('we are in it', async () => {
    const own = await processRow(process.pid)
    expect(own).toMatchObject({ pid: process.pid, parent: process.ppid })
    expect(await processTable()).toContainEqual(own)
  })

  test('a number alone is not an identity', async () => {
    const { pid = 0, startTime = '' } = (await processRow(process.pid)) ?? {}
    expect(await isAlive({ pid, startTime })).toBe(true)
    expect(await isAlive({ pid, startTime: `${startTime}0` })).toBe(false)
    expect(await isAlive({ pid: 2 ** 30, startTime })).toBe(false)
  })
})
