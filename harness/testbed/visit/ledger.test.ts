import { expect, test } from 'vitest'
import { openLedger } from './ledger.ts'
import type { Made } from './visit.ts'

const made = (caseId: string, url: string, more: Partial<Made> = {}): Made => ({
  caseId,
  by: 'POST /orders',
  address: url,
  undo: { method: 'DELETE', url, headers: [] },
  ...more,
})

test('what was made is taken away, the last first, and only that of the case', async () => {
  const asked: string[] = []
  const ledger = openLedger(({ url }) => {
    asked.push(url)
    return Promise.resolve(204)
  })
  for (const url of ['/1', '/1/parts/2']) ledger.made(made('a', url))
  ledger.made(made('b', '/3'))
  await ledger.cleanUp('a')
  expect(asked).toEqual(['/1/parts/2', '/1'])
  expect(ledger.left().map(({ address }) => address)).toEqual(['/3'])
})

test('what cannot be taken away stays, with what was answered', async () => {
  const ledger = openLedger(() => Promise.resolve(409))
  ledger.made(made('a', '/1'))
  await ledger.cleanUp()
  expect(ledger.left()).toEqual([{ by: 'POST /orders', address: '/1', why: 'DELETE answered 409' }])
})

test('what a case took away itself, or is gone, is in no book', async () => {
  const asked: string[] = []
  const ledger = openLedger(({ url }) => {
    asked.push(url)
    return Promise.resolve(404)
  })
  ledger.made(made('a', '/1'))
  ledger.made(made('a', '/2'))
  ledger.gone('/1')
  await ledger.cleanUp()
  expect(asked).toEqual(['/2'])
  expect(ledger.left()).toEqual([])
})

test('what nothing takes away is listed with the reason', () => {
  const { made: note, left } = openLedger(() => Promise.resolve(204))
  const { undo: _, ...thing } = made('a', '/1', { doubt: 'the document has no DELETE for it' })
  note(thing)
  expect(left()[0]?.why).toBe('the document has no DELETE for it')
})
