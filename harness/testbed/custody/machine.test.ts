import { describe, expect, test } from 'vitest'
import { compareMachine, formatMachine, thisMachine } from './machine.ts'

const here = { host: 'laptop', boot: '77aa', namespace: 'pid:[1]' }

describe('compareMachine', () => {
  test.each([
    ['the same', here, 'same'],
    ['before it was started again', { ...here, boot: '4f1c' }, 'earlier'],
    ['another host with our folder', { ...here, host: 'server' }, 'another'],
    ['another host, started at another time', { ...here, host: 'server', boot: '1' }, 'another'],
    ['a container beside us', { ...here, namespace: 'pid:[2]' }, 'another'],
  ])('%s', (_, machine, expected) => {
    expect(compareMachine(formatMachine(machine), here)).toBe(expected)
  })

  test('what is no machine is another one', () => {
    expect(compareMachine('', here)).toBe('another')
  })

  test('this machine is the same as itself', async () => {
    expect(compareMachine(formatMachine(await thisMachine()), await thisMachine())).toBe('same')
  })
})
