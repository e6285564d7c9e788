import { expect, test } from 'vitest'
import { sourceText, wayToStart } from './way-to-start.ts'

const command = ['serve', '{port}']

test('one that can be started both ways is what its dependencies are', () => {
  expect(wayToStart({ command, build: '.' }, 'processes')).toEqual({ command })
  expect(wayToStart({ command, build: '.' }, 'containers')).toEqual({ build: '.' })
  expect(wayToStart({ command, image: 'orders:1' }, 'containers')).toEqual({ image: 'orders:1' })
})

test('one that can be started one way is started so in either runtime', () => {
  for (const runtime of ['processes', 'containers'] as const) {
    expect(wayToStart({ command }, runtime)).toEqual({ command })
    expect(wayToStart({ image: 'orders:1' }, runtime)).toEqual({ image: 'orders:1' })
    expect(wayToStart({ build: './app' }, runtime)).toEqual({ build: './app' })
  }
})

test('reports say which image it was', () => {
  expect(sourceText({ image: 'orders:1' })).toBe('container orders:1')
  expect(sourceText({ build: './app' })).toBe('container built from ./app')
})
