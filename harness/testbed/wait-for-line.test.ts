import { EventEmitter } from 'node:events'
import { describe, expect, test } from 'vitest'
import type { Exit, OwnedProcess } from './custody.ts'
import { waitForLine } from './wait-for-line.ts'

const fakeProcess = (printed: string[] = []) => {
  const lines = new EventEmitter()
  const { promise: exited, resolve: exit } = Promise.withResolvers<Exit>()
  const owned = {
    exited,
    log: () => printed,
    onLine: (listener: (line: string) => void) => lines.on('line', listener),
  } as unknown as OwnedProcess
  const print = (line: string): void => {
    printed.push(line)
    lines.emit('line', line)
  }
  return { owned, print, exit: () => exit({ code: 1, signal: null }) }
}

describe('waitForLine', () => {
  test('gives the match of a line that comes later', async () => {
    const { owned, print } = fakeProcess()
    const awaited = waitForLine(owned, /^port: (\d+)/, 5000)
    print('starting')
    print('port: 4711')
    expect(await awaited).toHaveProperty('1', '4711')
  })

  test('sees a line that was there before anybody asked', async () => {
    const { owned } = fakeProcess(['port: 1'])
    expect(await waitForLine(owned, /^port: (\d+)/, 5000)).toHaveProperty('1', '1')
  })

  test('says that the process ended without it', async () => {
    const { owned, exit } = fakeProcess(['no'])
    exit()
    expect(await waitForLine(owned, /^port/, 5000)).toBe('exited')
  })

  test('prefers the line of a process that ended right after it', async () => {
    const { owned, exit } = fakeProcess()
    const awaited = waitForLine(owned, /^port/, 5000)
    ;(owned.log() as string[]).push('port: 2')
    exit()
    expect(await awaited).toHaveProperty('0', 'port')
  })

  test('gives up when the time is over', async () => {
    const { owned } = fakeProcess(['no'])
    expect(await waitForLine(owned, /^port/, 1)).toBe('late')
  })
})
