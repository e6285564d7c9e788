import { expect, test } from 'vitest'
import { rulesOf } from './state-rules.ts'

const states = new Map([
  ['state', ['open', 'returned', 'lost']],
  ['archived', [true]],
])

const refusedIn = (text: string, property = 'state') => {
  const rules = rulesOf([text], states).filter((rule) => rule.property === property)
  const values = property === 'state' ? ['open', 'returned', 'lost'] : [true, false]
  return values.filter((value) => rules.some(({ isRefused }) => isRefused(value)))
}

test.each([
  ['The loan is already returned.', ['returned']],
  ['A returned loan cannot be renewed (409).', ['returned']],
  ['The loan is not open.', ['returned', 'lost']],
  ['Only open loans can be renewed.', ['returned', 'lost']],
  ['Only an open loan can be renewed.', ['returned', 'lost']],
  ['It is possible only while the loan is open.', ['returned', 'lost']],
  ['Only loans that are open can be renewed.', ['returned', 'lost']],
  ['The loan must be open.', ['returned', 'lost']],
  ['The loan must not be lost.', ['lost']],
  ['The loan is no longer open.', ['returned', 'lost']],
])('%s', (text, refused) => {
  expect(refusedIn(text)).toEqual(refused)
})

test('a truth value is called by its property', () => {
  expect(refusedIn('The item is archived.', 'archived')).toEqual([true])
})

test.each([
  'No copy is left.',
  'It is open or returned.',
  'Only librarians can renew open loans.',
  'A member may have only three open loans.',
  'Who may not read lost loans gets 403.',
  'Somebody has this address already.',
])('nothing is made of "%s"', (text) => {
  expect(rulesOf([text], states)).toEqual([])
})
