import { expect, test } from 'vitest'
import { messageRequestOf, saidMessage, shownMessage } from './said-message.ts'

test.each<[unknown, string, string | undefined]>([
  [{ id: 1 }, '{"id":1}', 'application/json'],
  [null, 'null', 'application/json'],
  ['text', 'text', 'text/plain'],
  [Buffer.from([1, 255]), '\u0001\u00FF', 'application/octet-stream'],
  [undefined, '', undefined],
])('contents %j are sent as they are meant', (contents, bytes, contentType) => {
  const said = saidMessage({ contents })
  expect(Buffer.from(said.contents).toString('latin1')).toBe(bytes)
  expect(said.contentType).toBe(contentType)
})

test.each(['contentType', 'content-type'])('the metadata %s names the type', (key) => {
  const { contentType } = saidMessage({ contents: '<a/>', metadata: { [key]: 'text/xml' } })
  expect(contentType).toBe('text/xml')
})

test.each<[unknown, string]>([
  [undefined, 'did not return { contents, metadata? }'],
  [{ content: 1 }, 'did not return { contents, metadata? }'],
  [{ contents: 1, metadata: ['a'] }, 'metadata that is no object'],
  [{ contents: 1n }, 'BigInt'],
])('%o is no message', (message, words) => {
  expect(() => saidMessage(message)).toThrow(words)
})

test('a message is shown with its metadata, and bounded', () => {
  const said = saidMessage({ contents: 'x'.repeat(9999), metadata: { topic: 'orders' } })
  expect(shownMessage(said)).toMatch(/^x{4000} with metadata \{"topic":"orders"\}$/)
  expect(shownMessage(saidMessage({ contents: 1 }))).toBe('1')
})

test.each<[unknown, unknown]>([
  [undefined, {}],
  [{ contents: { content: { q: 1 }, encoded: false } }, { contents: { q: 1 } }],
  [{ contents: { content: 'AP8=', encoded: 'base64' } }, { contents: Buffer.from([0, 255]) }],
  [{ metadata: { x: 'y' } }, { contents: undefined, metadata: { x: 'y' } }],
])('the request %j reaches the producer as %j', (request, expected) => {
  expect(messageRequestOf(request)).toEqual(expected)
})
