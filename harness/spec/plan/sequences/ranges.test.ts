import { describe, expect, test } from 'vitest'
import { calendarDocument, calendarListener, type Span } from '../../testing/calendar.ts'
import { prove } from '../../testing/prove.ts'
import { forbidsOverlap, touchingIn } from './range-words.ts'

const overlaps = (own: Span, other: Span): boolean => own.from < other.to && other.from < own.to
const touches = (own: Span, other: Span): boolean => own.from === other.to || own.to === other.from

const found = async (
  words: string,
  isInTheWay: (own: Span, other: Span) => boolean,
): Promise<readonly string[]> => {
  const { codes } = await prove(calendarDocument(words), calendarListener({ isInTheWay }), {
    techniques: ['sequences'],
  })
  return codes
}

const halfOpen = 'It overlaps another entry. One may begin when another ends.'
const closed = 'It overlaps another entry; both ends are included, inclusive.'
const silent = 'The time is taken: it overlaps another entry.'

describe('ranges of one thing', () => {
  test.each([
    ['is only looked for at its start', (own: Span, other: Span) => own.from === other.from],
    ['within is not seen', (own, other) => overlaps(own, other) && own.to >= other.to],
    ['around is not seen', (own, other) => overlaps(own, other) && own.from >= other.from],
    ['is never looked for', () => false],
  ] as readonly (readonly [string, (own: Span, other: Span) => boolean])[])(
    'an overlap that %s is a finding',
    async (_, isInTheWay) => {
      expect(await found(silent, isInTheWay)).toEqual(['conflict-accepted'])
    },
  )

  test('one that touches is taken or refused as the document says', async () => {
    const isClosed = (own: Span, other: Span): boolean =>
      overlaps(own, other) || touches(own, other)
    expect(await found(halfOpen, isClosed)).toEqual(['conflict-unfounded'])
    expect(await found(halfOpen, overlaps)).toEqual([])
    expect(await found(closed, overlaps)).toEqual(['conflict-accepted'])
    expect(await found(closed, isClosed)).toEqual([])
  })

  test('where the document does not say what touches, both are right', async () => {
    expect(await found(silent, overlaps)).toEqual([])
    expect(
      await found(silent, (own, other) => overlaps(own, other) || touches(own, other)),
    ).toEqual([])
  })

  test.each([
    'No table is free at that time.',
    'All rooms are booked for that time.',
    'There is an entry of that name already in that year.',
  ])('"%s" forbids no overlap', async (words) => {
    expect(await found(words, () => false)).not.toContain('conflict-unfounded')
    expect(forbidsOverlap(words)).toBe(false)
  })
})

test.each([
  ['From `from` to `to`, exclusive.', 'free'],
  ['The range is half-open: [from, to).', 'free'],
  ['Bookings may be back to back.', 'free'],
  ['Two must not touch.', undefined],
  ['Both days are included.', 'taken'],
  ['Until when.', undefined],
  ['The start is inclusive, the end exclusive.', undefined],
])('%s: what touches is %s', (words, told) => {
  expect(touchingIn(words)).toBe(told)
})
