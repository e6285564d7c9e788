import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { createInterface } from 'node:readline'

/**
 * What a link without toxics costs: round trips of small messages, direct and through the link in
 * turn, so that both meet the same machine. Server, link and client are processes of their own, as
 * in a run.
 */
const roundTrips = 400
const rounds = 30
const warmUpRounds = 5
const message = Buffer.alloc(200, 'x')

const children: ChildProcess[] = []

const start = async (...args: readonly string[]): Promise<number> => {
  const program = new URL('serve.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  return Number(line)
}

const open = async (port: number): Promise<Socket> => {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true })
  await once(socket, 'connect')
  return socket
}

/** Times of round trips, in milliseconds. */
const measure = (socket: Socket, count: number): Promise<readonly number[]> =>
  new Promise((resolve) => {
    const times: number[] = []
    let received = 0
    let began = performance.now()
    const onData = (bytes: Buffer): void => {
      received += bytes.length
      if (received < message.length) return
      received = 0
      times.push(performance.now() - began)
      if (times.length === count) {
        socket.off('data', onData)
        resolve(times)
        return
      }
      began = performance.now()
      socket.write(message)
    }
    socket.on('data', onData)
    socket.write(message)
  })

const quantile = (times: readonly number[], share: number): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? Number.NaN

try {
  const echoPort = await start('echo')
  const direct = await open(echoPort)
  const linked = await open(await start('link', String(echoPort)))
  const times = { direct: [] as number[], linked: [] as number[] }
  for (let round = 0; round < warmUpRounds + rounds; round += 1) {
    const pair = [await measure(direct, roundTrips), await measure(linked, roundTrips)] as const
    if (round < warmUpRounds) continue
    times.direct.push(...pair[0])
    times.linked.push(...pair[1])
  }
  for (const [name, all] of Object.entries(times)) {
    const [median, p95] = [quantile(all, 0.5), quantile(all, 0.95)]
    console.log(`${name.padEnd(6)}  median ${median.toFixed(3)} ms  p95 ${p95.toFixed(3)} ms`)
  }
  const added = quantile(times.linked, 0.5) - quantile(times.direct, 0.5)
  const ratio = quantile(times.linked, 0.5) / quantile(times.direct, 0.5)
  console.log(`a round trip through the link takes ${ratio.toFixed(2)} times a direct one`)
  console.log(`ratio link-added-milliseconds ${added.toFixed(3)} goal 0.1`)
  direct.destroy()
  linked.destroy()
} finally {
  for (const child of children) child.kill()
}
