import { describe, expect, test } from 'vitest'
import { openUrlTestbed } from '../../testbed/url-testbed.ts'
import { plainSurroundings } from '../surroundings.ts'
import { faultKinds, parseFault, putFault } from './kinds.ts'

describe('[fault-provider] what is done to the provider', () => {
  test.each(['killed', 'restarted'])('it can be %s', (does) => {
    expect(parseFault(`provider, ${does}.`)).toEqual({ fault: { kind: 'provider', does } })
  })

  test('nothing else', () => {
    expect(parseFault('provider, annoyed')).toMatchObject({
      problem: { expected: 'provider, killed; provider, restarted' },
    })
  })
})

describe('[fault-runtimes] a provider that is given by its address', () => {
  test.each(faultKinds.map(({ words, runtimes }) => [words[0] ?? '', runtimes] as const))(
    'gets no fault: %s',
    async (words, runtimes) => {
      const text = words.replaceAll(/ ?\[[^\]]*\]/g, '')
      const parsed = parseFault(text)
      if ('problem' in parsed) throw new Error(parsed.problem.problem)
      const fault = { ...parsed.fault, text, place: { file: 'g.md', line: 3 } }
      const testbed = openUrlTestbed('orders', 'http://127.0.0.1:1')
      await expect(putFault(testbed, fault, plainSurroundings)).rejects.toMatchObject({
        name: 'Blocked',
        parts: { expected: runtimes },
      })
    },
  )
})
