import { describe, expect, test } from 'vitest'
import type { SpecCode } from './codes.ts'
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
  }, 15_000)

  test.each<readonly [NotesFault, SpecCode]>([
    ['name twice', 'conflict-accepted'],
    ['page lost', 'pages-wrong'],
    ['never gone', 'deleted-still-there'],
    ['never listed', 'created-unlisted'],
    ['text unbounded', 'accepted-invalid'],
  ])(
    '%s is found as %s',
    async (fault, code) => {
      expect(await codesOf(fault)).toContain(code)
    },
    15_000,
  )
})
