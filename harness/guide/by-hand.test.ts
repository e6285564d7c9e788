import { describe, expect, test } from 'vitest'
import { readByHand, rulingByHand } from './by-hand.ts'

describe('[by-hand] a claim that only a person can check', () => {
  test.each([
    'by hand: both are on a dashboard (@team-orders, 2026-11-03, again within 90 days)',
    'By hand: both are on a dashboard (@team-orders, 2026-11-03, again within 90 days).',
    'Monitoring: by hand: both are on a dashboard (@team-orders, 2026-11-03, again within 90 days)',
  ])('is read: %s', (text) => {
    expect(readByHand(text)).toEqual({
      what: 'both are on a dashboard',
      owner: 'team-orders',
      date: '2026-11-03',
      againWithinDays: 90,
    })
  })

  test.each([
    'by hand: both are on a dashboard',
    'by hand: both (@ann, 2026-11-03)',
    'by hand: both (ann, 2026-11-03, again within 90 days)',
    'by hand: both (@ann, 2026-02-30, again within 90 days)',
    'by hand: (@ann, 2026-11-03, again within 90 days)',
  ])('is malformed without who, when and until when: %s', (text) => {
    expect(readByHand(text)).toBe('malformed')
  })

  test('is told from a sentence that happens to say so', () => {
    expect(readByHand('Never change rows by hand')).toBeUndefined()
  })

  const word = { what: 'x', owner: 'ann', date: '2026-11-03', againWithinDays: 90 }
  test.each([
    ['2026-11-03', 'by-hand', '@ann looked on 2026-11-03; again by 2027-02-01.'],
    ['2027-02-01', 'by-hand', '@ann looked on 2026-11-03; again by 2027-02-01.'],
    [
      '2027-02-02',
      'failed',
      '@ann looked on 2026-11-03, and somebody was to look again by 2027-02-01; today is 2027-02-02.',
    ],
    ['2026-11-02', 'failed', '@ann is said to have looked on 2026-11-03, and today is 2026-11-02.'],
  ])('on %s it is %s', (today, verdict, reason) => {
    expect(rulingByHand(word, today)).toMatchObject({ verdict, reason })
  })
})
