import { StringDecoder } from 'node:string_decoder'
import type { Readable } from 'node:stream'

/** Bounds of a log: a provider that prints without end must not fill our memory. */
const linesMax = 2000
const lineLengthMax = 4000
const lengthMax = 512 * 1024

/** The last lines of what one or more streams print. */
export interface LineLog {
  /** Adds what a stream prints, until it ends. */
  follow(stream: Readable): void
  /** What is kept; from the given line on, counted from the first that was ever printed. */
  lines(from?: number): readonly string[]
  /** How many lines were printed so far, the forgotten ones included. */
  count(): number
  onLine(listener: (line: string) => void): void
}

/**
 * Makes an empty log. Lines longer than 4000 characters are cut; the oldest go first where there are
 * more than 2000 lines or half a million characters.
 */
export const lineLog = (): LineLog => {
  const kept: string[] = []
  const listeners: ((line: string) => void)[] = []
  let length = 0
  let forgotten = 0

  const push = (text: string): void => {
    const line = text.endsWith('\r') ? text.slice(0, -1) : text
    kept.push(line)
    length += line.length
    while (kept.length > linesMax || length > lengthMax) {
      length -= kept.shift()?.length ?? 0
      forgotten += 1
    }
    for (const listener of listeners) listener(line)
  }

  return {
    follow: (stream) => {
      const decoder = new StringDecoder('utf8')
      let rest = ''
      const take = (text: string): void => {
        const parts = (rest + text).split('\n')
        rest = parts.pop() ?? ''
        for (const part of parts) push(part.slice(0, lineLengthMax))
        // Of a line that never ends only its beginning is kept.
        if (rest.length > lineLengthMax) rest = rest.slice(0, lineLengthMax)
      }
      stream.on('data', (chunk: Buffer) => take(decoder.write(chunk)))
      stream.on('error', () => {})
      stream.once('close', () => {
        take(decoder.end())
        if (rest !== '') push(rest)
        rest = ''
      })
    },
    lines: (from = 0) => kept.slice(Math.max(0, from - forgotten)),
    count: () => forgotten + kept.length,
    onLine: (listener) => {
      listeners.push(listener)
    },
  }
}
