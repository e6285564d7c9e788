import { expect, test } from 'vitest'
import { goodOrder, orderDocument } from '../testing/document.ts'
import { prove, proveRaw } from '../testing/prove.ts'

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

test('a documented stream of events need not end, and what it is is judged', async () => {
  const streaming = (status: number): Promise<{ readonly codes: readonly string[] }> =>
    prove(
      orderDocument({ '200': { description: 'd', content: { 'text/event-stream': {} } } }),
      (_, response) => {
        response.writeHead(status, { 'content-type': 'text/event-stream' })
        response.write('data: 1\n\n')
      },
    )
  expect((await streaming(200)).codes).toEqual([])
  expect((await streaming(201)).codes).toEqual(['status-undocumented'])
})
