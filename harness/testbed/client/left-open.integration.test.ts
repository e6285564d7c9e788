import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, request, Agent } from 'node:http'
import { connect, createServer as createNetServer, Socket, type AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { openCaseScope, outsideOfCases } from './left-open.ts'

const none: ReadonlySet<number> = new Set()

const opens = async (body: () => unknown): Promise<readonly string[]> => {
  const scope = openCaseScope()
  await scope.run(body)
  return scope.leftOpen(none)
}

/** Something outside of the case that takes connections, and answers HTTP. */
const outside = async (): Promise<number> => {
  const server = createServer((_, answer) => answer.end('yes')).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

const listenOn = async (): Promise<ReturnType<typeof createNetServer>> => {
  const server = createNetServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return server
}

test('a server that still listens', async () => {
  expect(await opens(listenOn)).toEqual([
    expect.stringMatching(/^a server that listens on port \d+$/),
  ])
})

test('a child process that still runs, which is ended', async () => {
  const scope = openCaseScope()
  const left = scope.run(() => spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']))
  await once(left, 'spawn')
  const said = await scope.leftOpen(none)
  expect(said).toEqual([
    expect.stringMatching(
      new RegExp(`^the child process ${left.pid}, which was ended: .* -e setInterval`),
    ),
  ])
  await expect.poll(() => left.signalCode).toBe('SIGKILL')
})

test.each<readonly [string, (port: number) => Socket]>([
  ['connect', (port) => connect(port, '127.0.0.1')],
  ['a Socket, as database drivers do it', (port) => new Socket().connect(port, '127.0.0.1')],
])('a connection that is still open, made with %s', async (_, open) => {
  const port = await outside()
  const scope = openCaseScope()
  await scope.run(async () => {
    const socket = open(port)
    onTestFinished(() => void socket.destroy())
    await once(socket, 'connect')
  })
  expect(await scope.leftOpen(none)).toEqual([`a connection to 127.0.0.1:${port}`])
  expect(await scope.leftOpen(new Set([port]))).toEqual([])
})

test('nothing, where all of it was closed, if only a moment later', async () => {
  const port = await outside()
  expect(
    await opens(async () => {
      const server = await listenOn()
      const socket = connect(port, '127.0.0.1')
      const child = spawn(process.execPath, ['-e', ''])
      await Promise.all([once(socket, 'connect'), once(child, 'exit')])
      setTimeout(() => {
        server.close()
        socket.end()
      }, 50)
    }),
  ).toEqual([])
})

test('nothing, where connections wait in a pool', async () => {
  const port = await outside()
  const agent = new Agent({ keepAlive: true })
  onTestFinished(() => agent.destroy())
  expect(
    await opens(async () => {
      await (await fetch(`http://127.0.0.1:${port}`)).text()
      const asked = request({ port, agent }).end()
      const [answer] = await once(asked, 'response')
      await once((answer as NodeJS.ReadableStream).resume(), 'end')
    }),
  ).toEqual([])
})

test('of cases side by side, each is told of its own', async () => {
  const [culprit, innocent] = await Promise.all([opens(listenOn), opens(() => Promise.resolve())])
  expect(culprit).toHaveLength(1)
  expect(innocent).toEqual([])
})

test('what is opened for the whole worker is nobody’s', async () => {
  expect(await opens(() => outsideOfCases(listenOn))).toEqual([])
})
