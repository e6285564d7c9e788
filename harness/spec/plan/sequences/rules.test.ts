import { describe, expect, test } from 'vitest'
import { projects, type ProjectHabits } from '../../testing/projects.ts'
import { projectsDocument, type ProjectWords } from '../../testing/projects-document.ts'
import { prove } from '../../testing/prove.ts'

const flawless: ProjectHabits = {
  keepsOccupied: true,
  dropsInvoices: true,
  refusesClosed: true,
  refusesMore: true,
  refusesOther: true,
}

const found = async (words: ProjectWords, habits: ProjectHabits): Promise<readonly string[]> => {
  const { codes } = await prove(projectsDocument(words), projects(habits), {
    techniques: ['sequences'],
  })
  return codes.filter((code) => !['status-undocumented', 'inconclusive'].includes(code))
}

/** Words of a document, the habit that they speak of, and what is found where it is missing. */
const rules: readonly (readonly [ProjectWords, keyof ProjectHabits, string])[] = [
  [{ occupied: 'A project with tasks cannot be deleted.' }, 'keepsOccupied', 'conflict-accepted'],
  [{ occupied: 'The project is not empty.' }, 'keepsOccupied', 'conflict-accepted'],
  [
    { deleted: 'The project is gone, with all its invoices.' },
    'dropsInvoices',
    'deleted-still-there',
  ],
  [{ refused: 'The project is closed.' }, 'refusesClosed', 'conflict-accepted'],
  [{ refused: 'Only open projects are billed.' }, 'refusesClosed', 'conflict-accepted'],
  [{ lacking: 'The amount is more than the balance.' }, 'refusesMore', 'conflict-accepted'],
  [
    { key: 'A key that was used for another request is refused (422).' },
    'refusesOther',
    'conflict-accepted',
  ],
]

describe.each(rules)('%j', (words, habit, code) => {
  test('is a rule that a provider is held to', async () => {
    expect(await found(words, { ...flawless, [habit]: false })).toEqual([code])
  })

  test('is no finding where it is kept', async () => {
    expect(await found(words, flawless)).toEqual([])
  })
})

test('what belongs to a thing is gone with it, whether the document says so or not', async () => {
  const habits = { ...flawless, keepsOccupied: false, keepsTasks: true }
  expect(await found({}, habits)).toEqual(['deleted-still-there'])
})

/** Words that a careless reader takes for a rule, and what a flawless provider does all the same. */
const noRules: readonly (readonly [ProjectWords, ProjectHabits])[] = [
  [{ occupied: 'A project with unfinished tasks cannot be deleted.' }, { keepsOccupied: false }],
  [{ occupied: 'Somebody works on it.' }, { keepsOccupied: false }],
  [
    { deleted: 'It is gone; its tasks are not deleted.' },
    { keepsOccupied: false, keepsTasks: true },
  ],
  [{ deleted: 'It is gone. Invoices can be read still.' }, { dropsInvoices: false }],
  [{ deleted: 'It is gone from all invoices.' }, { dropsInvoices: false }],
  [{ refused: 'The invoice is closed.' }, { refusesClosed: false }],
  [{ refused: 'It is closed or open.' }, { refusesClosed: false }],
  [{ lacking: 'Your permissions are not enough for the amount.' }, { refusesMore: false }],
  [{ key: 'A repeat under the same key is answered like the first.' }, { refusesOther: false }],
  [{ closing: 'Closed projects cannot be renamed.' }, {}],
]

test.each(noRules)('%j is no rule for %j', async (words, habits) => {
  expect(await found(words, { ...flawless, ...habits })).toEqual([])
})
