import { objectOr, stringOr } from '../../json.ts'
import { resolved } from '../../pointer.ts'
import type { Operation, Spec } from '../../types.ts'

/** What a part of the document says in words; empty where it says nothing. */
export const wordsAt = ({ document }: Spec, pointer: string): string => {
  const part = objectOr(resolved(document, pointer)?.value)
  return [part['summary'], part['description']]
    .map((text) => stringOr(text) ?? '')
    .join(' ')
    .trim()
}

/** What a document says of an answer with just this status. */
export const wordsOfStatus = (spec: Spec, { responses }: Operation, status: string): string => {
  const response = responses.find((one) => one.status === status)
  return response === undefined ? '' : wordsAt(spec, response.pointer)
}

/** What a document says of an operation and of its success. */
export const wordsOfSuccess = (spec: Spec, operation: Operation): string =>
  [
    wordsAt(spec, operation.pointer),
    ...operation.responses
      .filter(({ status }) => status.startsWith('2'))
      .map(({ pointer }) => wordsAt(spec, pointer)),
  ].join('\n')
