import { describe, expect, test } from 'vitest'
import { findCommand, wordsIn } from './find-command.ts'

describe('[commands] the entry of a command', () => {
  const known = ['kubectl', 'kubectl set env', 'curl']
  test.each([
    ['kubectl get pods', 'kubectl'],
    ['kubectl set env A=1', 'kubectl set env'],
    ['kubectl set', 'kubectl'],
    ['curl', 'curl'],
    ['/usr/bin/curl x', undefined],
    ['curly x', undefined],
    ['', undefined],
  ])('%s: %s', (line, expected) => {
    expect(findCommand(line.split(' '), known)).toBe(expected)
  })

  test('knows how many words it takes', () => {
    expect(known.map(wordsIn)).toEqual([1, 3, 1])
  })
})
