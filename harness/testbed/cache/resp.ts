import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** What a Redis answers: text, a number, nothing, or a list of such. An error rejects instead. */
export type Reply = string | number | null | readonly Reply[]

/** One connection to a Redis. */
export interface RespClient {
  /** Sends one command and waits for its answer. Rejects with what the server says, or at its end. */
  command(...parts: readonly string[]): Promise<Reply>
  close(): void
}

interface Waiting {
  readonly resolve: (reply: Reply) => void
  readonly reject: (error: Error) => void
}

interface Parsed {
  readonly reply: Reply | Error
  readonly end: number
}

const encode = (parts: readonly string[]): string =>
  `*${parts.length}\r\n${parts.map((part) => `$${Buffer.byteLength(part)}\r\n${part}\r\n`).join('')}`

const parseBulk = (bytes: Buffer, start: number, length: number): Parsed | undefined => {
  if (length < 0) return { reply: null, end: start }
  const end = start + length
  return bytes.length < end + 2
    ? undefined
    : { reply: bytes.toString('utf8', start, end), end: end + 2 }
}

const parseList = (bytes: Buffer, start: number, length: number): Parsed | undefined => {
  const list: Reply[] = []
  let end = start
  for (let index = 0; index < length; index += 1) {
    const item = parse(bytes, end)
    if (item === undefined) return undefined
    list.push(item.reply instanceof Error ? item.reply.message : item.reply)
    end = item.end
  }
  return { reply: length < 0 ? null : list, end }
}

/** One answer in RESP 2, or nothing where it is not whole yet. */
const parse = (bytes: Buffer, start: number): Parsed | undefined => {
  const lineEnd = bytes.indexOf('\r\n', start)
  if (lineEnd === -1) return undefined
  const kind = String.fromCharCode(bytes[start] ?? 0)
  const line = bytes.toString('utf8', start + 1, lineEnd)
  const end = lineEnd + 2
  if (kind === '-') return { reply: new Error(line), end }
  if (kind === ':') return { reply: Number(line), end }
  if (kind === '$') return parseBulk(bytes, end, Number(line))
  if (kind === '*') return parseList(bytes, end, Number(line))
  return { reply: line, end }
}

/**
 * Connects to a Redis with the few commands in mind that empty one: no cluster, no RESP 3.
 *
 * @example
 * const client = await connectRedis({ host: '127.0.0.1', port: 6379 })
 * await client.command('FLUSHALL', 'SYNC') // 'OK'
 */
export const connectRedis = async (target: {
  readonly host: string
  readonly port: number
}): Promise<RespClient> => {
  const socket: Socket = connect(target)
  const waiting: Waiting[] = []
  let bytes: Buffer = Buffer.alloc(0)
  await once(socket, 'connect')
  socket.unref()
  socket.on('data', (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk])
    for (let parsed = parse(bytes, 0); parsed !== undefined; parsed = parse(bytes, 0)) {
      bytes = bytes.subarray(parsed.end)
      const next = waiting.shift()
      if (parsed.reply instanceof Error) next?.reject(parsed.reply)
      else next?.resolve(parsed.reply)
    }
  })
  socket.on('error', () => {})
  socket.on('close', () => {
    for (const { reject } of waiting.splice(0)) reject(new Error('the connection to Redis ended'))
  })
  return {
    command: (...parts) =>
      new Promise((resolve, reject) => {
        if (!socket.writable) {
          reject(new Error('the connection to Redis ended'))
          return
        }
        waiting.push({ resolve, reject })
        socket.write(encode(parts))
      }),
    close: () => {
      socket.destroy()
    },
  }
}
