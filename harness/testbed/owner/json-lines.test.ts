import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { onLines, sendLine } from './json-lines.ts'

const socketPair = async (): Promise<readonly [Socket, Socket]> => {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const accepted = once(server, 'connection') as Promise<[Socket]>
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const [other] = await accepted
  onTestFinished(() => {
    client.destroy()
    other.destroy()
    server.close()
  })
  return [client, other]
}

const received = (socket: Socket): unknown[] => {
  const messages: unknown[] = []
  onLines(socket, (message) => messages.push(message))
  return messages
}

describe('JSON lines', () => {
  test('messages come whole and in order, however they are cut', async () => {
    const [client, other] = await socketPair()
    const messages = received(other)
    sendLine(client, { text: 'a\nb' })
    client.write('{"n":')
    client.write('1}\n[]\n"ü')
    client.write('"\n')
    await expect.poll(() => messages).toEqual([{ text: 'a\nb' }, { n: 1 }, [], 'ü'])
  })

  test('a large message passes', async () => {
    const [client, other] = await socketPair()
    const messages = received(other)
    const large = 'x'.repeat(3_000_000)
    sendLine(client, large)
    await expect.poll(() => messages.length, { timeout: 5000 }).toBe(1)
    expect(messages[0] === large).toBe(true)
  })

  test.each([
    ['what is no JSON', 'hello\n'],
    ['a message without end', 'x'.repeat(5_000_000)],
  ])('%s closes the connection', async (_, text) => {
    const [client, other] = await socketPair()
    const messages = received(other)
    client.on('error', () => {})
    const closed = once(other, 'close')
    client.write(text)
    await closed
    expect(messages).toEqual([])
  })

  test('who is gone is not written to', async () => {
    const [client] = await socketPair()
    client.destroy()
    expect(() => sendLine(client, {})).not.toThrow()
  })
})
