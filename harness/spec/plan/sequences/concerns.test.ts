import { expect, test } from 'vitest'
import { shelfDocument } from '../../testing/shelf-document.ts'
import { specFrom } from '../../testing/document.ts'
import { concerns } from './concerns.ts'

const { operations } = await specFrom(
  shelfDocument('delete /books/{id}', 'patch /books/{id}', 'post /books'),
)
const [deleting, changing, making] = ['DELETE', 'PATCH', 'POST'].map((method) =>
  operations.find((one) => one.method === method),
)

test.each([
  ['Only unread books can be deleted.', deleting, true],
  ['A lent book cannot be changed or deleted.', changing, true],
  ['A lent book cannot be changed.', deleting, false],
  ['A lent book cannot be changed, else 409.', deleting, true],
  ['Deleted books can no longer be edited.', deleting, false],
  // It names nothing that is done: then it is about where it stands.
  ['The book is lent.', deleting, true],
  ['Only while the shelf is open.', making, true],
] as const)('%s', (sentence, operation, isOwn) => {
  if (operation === undefined) throw new Error('There is no such operation.')
  expect(concerns(sentence, operation)).toBe(isOwn)
})
