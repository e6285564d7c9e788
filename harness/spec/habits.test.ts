import { describe, expect, test } from 'vitest'
import type { SpecCode } from './codes.ts'
import { bookingsDocument, bookingsListener, type BookingsFault } from './testing/bookings.ts'
import { notesDocument, notesListener, type NotesFault } from './testing/notes.ts'
import { prove } from './testing/prove.ts'

const codesOf = async (fault?: NotesFault): Promise<readonly string[]> => {
  const { findings } = await prove(notesDocument, notesListener(fault), {
    techniques: ['examples', 'boundaries', 'negatives', 'sequences'],
  })
  return [...new Set(findings.map(({ code }) => code))]
}

describe('a service of other habits than most', () => {
  test('is sound where it keeps its document', async () => {
    expect(await codesOf()).toEqual([])
  })

  test.each<readonly [NotesFault, SpecCode]>([
    ['name twice', 'conflict-accepted'],
    ['page lost', 'pages-wrong'],
    ['never gone', 'deleted-still-there'],
    ['never listed', 'created-unlisted'],
    ['text unbounded', 'accepted-invalid'],
    ['text cut', 'write-lost'],
  ])(
    '%s is found as %s',
    async (fault, code) => {
      expect(await codesOf(fault)).toContain(code)
    },
    15_000,
  )
})

describe('what is made with ids that nobody can guess', () => {
  const found = async (fault?: BookingsFault): Promise<readonly string[]> => {
    const { findings } = await prove(bookingsDocument, bookingsListener(fault), {
      techniques: ['boundaries', 'negatives', 'sequences'],
    })
    // No voucher can be read, as there is none.
    const codes = findings.map(({ code }) => code).filter((code) => code !== 'inconclusive')
    return [...new Set(codes)]
  }

  test('is sound where it is kept as it was sent', async () => {
    expect(await found()).toEqual([])
  })

  test.each<readonly [BookingsFault, SpecCode]>([
    ['text cut', 'write-lost'],
    ['dog lost', 'write-lost'],
    ['phone lost', 'write-lost'],
    ['name optional', 'accepted-invalid'],
  ])(
    '%s is found as %s',
    async (fault, code) => {
      expect(await found(fault)).toContain(code)
    },
    15_000,
  )
})
