import { expect, test } from 'vitest'
import { UserError } from '../../model/user-error.ts'
import { checkToxic } from './specification.ts'
import type { ToxicSpecification } from './toxic.ts'
import { toxics } from './toxics/index.ts'

const refusal = (specification: unknown): string => {
  try {
    checkToxic(specification as ToxicSpecification)
  } catch (error) {
    expect(error).toBeInstanceOf(UserError)
    return (error as UserError).message
  }
  return 'nothing was thrown'
}

const slow = (attributes: unknown): string => refusal({ type: 'latency', attributes })

test('what is absent has the default of Toxiproxy', () => {
  const { toxic, ...rest } = checkToxic({ type: 'latency', attributes: { latency: 200 } })
  expect(toxic.type).toBe('latency')
  expect(rest).toEqual({
    stream: 'downstream',
    toxicity: 1,
    attributes: { latency: 200, jitter: 0 },
  })
})

test('what is given stays', () => {
  const attributes = { average_size: 10, size_variation: 9, delay: 5 }
  expect(
    checkToxic({ type: 'slicer', stream: 'upstream', toxicity: 0.25, attributes }),
  ).toMatchObject({ stream: 'upstream', toxicity: 0.25, attributes })
})

test('all toxics of Toxiproxy are there, under its names', () => {
  expect(toxics.map(({ type, attributes }) => [type].concat(Object.keys(attributes)))).toEqual([
    ['latency', 'latency', 'jitter'],
    ['down'],
    ['bandwidth', 'rate'],
    ['slow_close', 'delay'],
    ['timeout', 'timeout'],
    ['reset_peer', 'timeout'],
    ['slicer', 'average_size', 'size_variation', 'delay'],
    ['limit_data', 'bytes'],
  ])
})

test('an unknown toxic', () => {
  expect(refusal({ type: 'latncy' })).toBe(
    [
      'unknown toxic "latncy"',
      '  expected: one of latency, down, bandwidth, slow_close, timeout, reset_peer, slicer, limit_data',
      '  fix: write "latency"',
    ].join('\n'),
  )
  expect(refusal({ type: 'earthquake' })).not.toContain('fix:')
})

test('an unknown attribute', () => {
  expect(slow({ latency: 1, jiter: 2 })).toBe(
    [
      'unknown attribute of the toxic "latency": "jiter"',
      '  expected: one of latency, jitter',
      '  fix: write "jitter"',
    ].join('\n'),
  )
  expect(refusal({ type: 'down', attributes: { timeout: 1 } })).toContain(
    'expected: none: it has no attributes',
  )
})

test('a missing attribute that has no default', () => {
  expect(refusal({ type: 'bandwidth' })).toBe(
    [
      'the toxic "bandwidth" lacks its attribute "rate"',
      '  expected: a whole number from 1 to 1000000000, in kB/s',
      '  fix: add "rate" to its attributes',
    ].join('\n'),
  )
})

test.each([[-1], [1.5], [86_400_001], [Number.NaN], [Infinity], ['200'], [{}]])(
  'a latency of %s is out of range',
  (latency) => {
    expect(slow({ latency })).toMatch(
      /^the attribute "latency" of the toxic "latency" is .+\n {2}expected: a whole number from 0 to 86400000, in ms$/,
    )
  },
)

test.each([[-0.1], [1.1], [Number.NaN], ['1']])('a toxicity of %s', (toxicity) => {
  expect(refusal({ type: 'down', toxicity })).toContain(
    'expected: a share of connections, from 0 to 1',
  )
})

test('an unknown stream', () => {
  expect(refusal({ type: 'down', stream: 'upsteam' })).toContain('fix: write "upstream"')
})

test('attributes that do not go together', () => {
  const attributes = { average_size: 10, size_variation: 10 }
  expect(refusal({ type: 'slicer', attributes })).toContain(
    '"size_variation" must be below "average_size"',
  )
  attributes.size_variation = 9
  expect(refusal({ type: 'slicer', attributes })).toBe('nothing was thrown')
})
