import { readFileSync } from 'node:fs'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { openGate, type Gate } from './gate.ts'
import { peerOf } from './testing/peer.ts'

const gates: Gate[] = []
afterEach(() => Promise.all(gates.splice(0).map((gate) => gate.close())))

const greeter = async (): Promise<Gate> => {
  const gate = await openGate('127.0.0.1', (client) => client.end('hello'))
  gates.push(gate)
  return gate
}

const knock = async ({ host, port }: Gate): Promise<string | undefined> => {
  const peer = peerOf(connect(port, host))
  const code = await peer.closed
  return code ?? String(peer.bytes())
}

/** Sockets that are bound to the port and connected to themselves, in Linux' own list. */
const holders = (port: number): number => {
  const end = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`
  return readFileSync('/proc/net/tcp', 'utf8').split(`${end} ${end} 01`).length - 1
}

test('shut, it refuses; open again, it is where it was', async () => {
  const gate = await greeter()
  expect(await knock(gate)).toBe('hello')
  gate.shut()
  expect(await knock(gate)).toBe('ECONNREFUSED')
  await gate.open()
  expect(await knock(gate)).toBe('hello')
})

test.skipIf(process.platform !== 'linux')('the port is held while it is shut', async () => {
  const gate = await greeter()
  expect(holders(gate.port)).toBe(0)
  gate.shut()
  await vi.waitFor(() => expect(holders(gate.port)).toBe(1))
  await gate.open()
  await vi.waitFor(() => expect(holders(gate.port)).toBe(0))
  gate.shut()
  await vi.waitFor(() => expect(holders(gate.port)).toBe(1))
  await gate.close()
  await vi.waitFor(() => expect(holders(gate.port)).toBe(0))
})

test('a port that another program took meanwhile is blocked, with the fix', async () => {
  const gate = await greeter()
  gate.shut()
  const thief = createServer().listen(gate.port, gate.host)
  await once(thief, 'listening')
  await expect(gate.open()).rejects.toThrow(
    /^The port \d+ was taken by another program while the link was down: .*\n {2}fix: run it again$/,
  )
  await new Promise((resolve) => thief.close(resolve))
  await gate.open()
  expect(await knock(gate)).toBe('hello')
})

test('closed, it stays closed', async () => {
  const gate = await greeter()
  await gate.close()
  gate.shut()
  await gate.open()
  expect(await knock(gate)).toBe('ECONNREFUSED')
})

test('shut while it opens, it is shut', async () => {
  const gate = await greeter()
  gate.shut()
  const opening = gate.open()
  gate.shut()
  await opening
  expect(await knock(gate)).toBe('ECONNREFUSED')
})
