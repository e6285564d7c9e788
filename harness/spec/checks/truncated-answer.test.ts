import { expect, test } from 'vitest'
import { goodOrder, orderDocument } from '../testing/document.ts'
import { proveRaw } from '../testing/prove.ts'

const text = JSON.stringify(goodOrder)
const answer = (length: number): string =>
  `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${text}`

test('a Content-Length that promises more than comes is the only finding', async () => {
  const { codes, findings } = await proveRaw(orderDocument(), answer(text.length + 5))
  expect(codes).toEqual(['truncated-answer'])
  expect(findings[0]?.actual).toContain(`after ${text.length} of ${text.length + 5} bytes`)
})

test('a Content-Length that promises less than comes is the only finding', async () => {
  const { codes } = await proveRaw(orderDocument(), answer(text.length - 1))
  expect(codes).toEqual(['truncated-answer'])
})

test('a Content-Length that is true is none', async () => {
  const { codes } = await proveRaw(orderDocument(), answer(text.length))
  expect(codes).toEqual([])
})

test('a body that ends with the connection needs no length', async () => {
  const { codes } = await proveRaw(
    orderDocument(),
    `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n${text}`,
  )
  expect(codes).toEqual([])
})
