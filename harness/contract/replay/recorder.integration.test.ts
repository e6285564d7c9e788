import { expect, test } from 'vitest'
import { inProcessWorld } from '../testing/in-process-world.ts'
import { openRecorder } from './recorder.ts'

const long = { since: Date.now() + 1e6, timeoutMilliseconds: 1 }
const short = { since: 0, timeoutMilliseconds: 200 }

const asking = async (provider: Parameters<typeof inProcessWorld>[0], patience: typeof long) => {
  await using world = await inProcessWorld(provider)
  await using recorder = await openRecorder(`${world.providerUrl}/api/`)
  await fetch(`${recorder.url}/orders?a=1`).catch(() => undefined)
  const [exchange, ...others] = (await recorder.finish(patience)) ?? []
  expect(others).toEqual([])
  expect(exchange?.request.url).toBe(`${world.providerUrl}/api/orders?a=1`)
  return exchange
}

test('an answer is recorded, whatever the patience was', async () => {
  const exchange = await asking((_, response) => void response.writeHead(204).end(), short)
  expect(exchange?.answer?.status).toBe(204)
  expect(exchange?.failure).toBeUndefined()
})

const hangingUp = (request: { socket: { destroy(): void } }): void => request.socket.destroy()

test('who hangs up early is told apart from who is given up on', async () => {
  expect((await asking(hangingUp, long))?.failure).toBe(
    'the connection was closed without an answer',
  )
  expect((await asking(hangingUp, short))?.failure).toBe('no answer within 0.2 s')
})

test('nothing listens in front of HTTPS', async () => {
  await using recorder = await openRecorder('https://orders.example.com/api')
  expect(recorder.url).toBe('https://orders.example.com/api')
  expect(await recorder.finish(short)).toBeUndefined()
})
