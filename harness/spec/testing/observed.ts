import type { SpecCode } from '../codes.ts'
import type { Observation } from '../types.ts'
import { shelfDocument } from './shelf-document.ts'
import { specFrom } from './document.ts'

const { operations } = await specFrom(shelfDocument('put /books/{id}'))

/** An observation of exchanges with these statuses, for a check alone. */
export const observedAs = (
  code: SpecCode,
  statuses: readonly number[],
  facts: Observation['facts'] = {},
): Observation => {
  const [operation] = operations
  if (operation === undefined) throw new Error('The document has no operation.')
  return {
    code,
    operation,
    pointer: operation.pointer,
    facts,
    exchanges: statuses.map((status) => ({
      request: { method: 'PUT', url: 'http://x/books/1', headers: [] },
      answer: { status, headers: [], body: new Uint8Array(), milliseconds: 1 },
    })),
  }
}
