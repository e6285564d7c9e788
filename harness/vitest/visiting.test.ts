import { expect, test } from 'vitest'
import { visitLines } from './visiting.ts'

const droplet = (number: number) => ({
  by: 'POST /droplets',
  address: `http://h/droplets/${number}`,
  why: 'POST answered 202',
})

test('what was left for one reason is one line, with one address and how many more', () => {
  const leftBehind = [
    droplet(1),
    { by: 'POST /tags', address: 'http://h/tags/a', why: 'no operation takes it away' },
    ...Array.from({ length: 218 }, (_, index) => droplet(index + 2)),
  ]
  expect(visitLines({ leftBehind })).toEqual([
    'left behind  220 things that this run has made and could not take away: .proofbook/left-behind.json',
    '             http://h/droplets/1 and 218 more (by POST /droplets): POST answered 202',
    '             http://h/tags/a (by POST /tags): no operation takes it away',
  ])
})

test('a run that left nothing says nothing', () => {
  expect(visitLines({ leftBehind: [] })).toEqual([])
})
