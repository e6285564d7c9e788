import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { freePort } from './free-port.ts'

test('a free port can be listened on, and is not given while somebody does', async () => {
  const port = await freePort()
  const server = createServer().listen(port, '127.0.0.1')
  await once(server, 'listening')
  const others = await Promise.all(Array.from({ length: 20 }, freePort))
  expect(others).not.toContain(port)
  server.close()
  await once(server, 'close')
})
