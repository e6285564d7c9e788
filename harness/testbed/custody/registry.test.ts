import { describe, expect, test } from 'vitest'
import { formatLine, parseRegistry, type RegistryLine } from './registry.ts'

const owner = { pid: 100, startTime: '5' }
const run: RegistryLine = { what: 'run', machine: 'here', owner }
const group = (pid: number, signal: NodeJS.Signals = 'SIGTERM') =>
  ({ what: 'group', group: { pid, startTime: '6', signal } }) as const
const at = (socketPath: string) => ({ what: 'engine', engine: { socketPath } }) as const
const text = (...lines: readonly RegistryLine[]): string => lines.map(formatLine).join('')

describe('parseRegistry', () => {
  test('says whose the run is and what is in custody', () => {
    const reaper = { pid: 101, startTime: '7' }
    expect(parseRegistry(text(run, { what: 'reaper', reaper }, group(102, 'SIGQUIT')))).toEqual({
      machine: 'here',
      owner,
      reaper,
      groups: [{ pid: 102, startTime: '6', signal: 'SIGQUIT' }],
      engines: [],
    })
  })

  test('what is gone is not in custody', () => {
    const registry = parseRegistry(text(run, group(102), group(103), { what: 'gone', pid: 102 }))
    expect(registry?.groups.map(({ pid }) => pid)).toEqual([103])
  })

  test('read twice, as from the pipe and from the file, it says the same', () => {
    const once = text(run, group(102), { what: 'gone', pid: 102 }, group(103))
    expect(parseRegistry(`${once}\n${once}`)).toEqual(parseRegistry(once))
  })

  test('where containers may be is named once', () => {
    const registry = parseRegistry(text(run, at('/a'), at('/b'), at('/a')))
    expect(registry?.engines).toEqual([{ socketPath: '/a' }, { socketPath: '/b' }])
    const hostile = JSON.stringify({ what: 'engine', engine: { socketPath: 7 } })
    expect(parseRegistry(`${text(run)}${hostile}\n`)?.engines).toEqual([])
  })

  test('a torn last line is passed over', () => {
    const torn = text(run, group(102)) + formatLine(group(103)).slice(0, 30)
    expect(parseRegistry(torn)?.groups.map(({ pid }) => pid)).toEqual([102])
  })

  test('a registry that does not say whose it is, is none', () => {
    expect(parseRegistry(text(group(102)))).toBeUndefined()
    expect(parseRegistry('')).toBeUndefined()
  })

  test.each([
    ['everybody', { pid: 1, startTime: '6', signal: 'SIGTERM' }],
    ['our own group', { pid: 0, startTime: '6', signal: 'SIGTERM' }],
    ['a negative number', { pid: -5, startTime: '6', signal: 'SIGTERM' }],
    ['a fraction', { pid: 102.5, startTime: '6', signal: 'SIGTERM' }],
    ['no start time', { pid: 102, signal: 'SIGTERM' }],
    ['no signal', { pid: 102, startTime: '6', signal: 'rm -rf' }],
    ['nothing', null],
  ])('a hostile group is never signalled: %s', (_, hostile) => {
    const line = JSON.stringify({ what: 'group', group: hostile })
    expect(parseRegistry(`${text(run)}${line}\n`)?.groups).toEqual([])
  })

  test.each(['null', '7', '[]', '{"what":"feast"}'])('a line that means nothing: %s', (line) => {
    expect(parseRegistry(`${line}\n${text(run)}`)).toMatchObject({
      machine: 'here',
      owner,
      groups: [],
    })
  })
})
