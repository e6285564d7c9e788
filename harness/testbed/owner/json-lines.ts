import type { Socket } from 'node:net'

/** The longest message: the longest log, with every character escaped, fits. */
const lengthMax = 4 * 1024 * 1024

/** Sends one message, unless the other side is gone. */
export const sendLine = (socket: Socket, message: unknown): void => {
  if (socket.writable) socket.write(`${JSON.stringify(message)}\n`)
}

/**
 * Calls back for each message, one JSON text a line. A message that is no JSON or longer than 4 MB
 * closes the connection: what is said after it means nothing.
 */
export const onLines = (socket: Socket, onMessage: (message: unknown) => void): void => {
  let parts: string[] = []
  let length = 0
  const take = (text: string): void => {
    const lines = text.split('\n')
    const [first = '', ...others] = lines
    const rest = others.pop()
    parts.push(first)
    length += first.length
    if (length > lengthMax || (rest?.length ?? 0) > lengthMax) {
      socket.destroy()
      return
    }
    if (rest === undefined) return
    const messages = [parts.join(''), ...others]
    parts = [rest]
    length = rest.length
    for (const message of messages) onMessage(JSON.parse(message))
  }
  socket.setEncoding('utf8')
  socket.on('data', (text: string) => {
    try {
      take(text)
    } catch {
      socket.destroy()
    }
  })
}
