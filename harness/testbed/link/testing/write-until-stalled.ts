import type { Socket } from 'node:net'
import { vi } from 'vitest'

const part = Buffer.alloc(64 * 1024, 'x')

/** More than all buffers between two ends of a rig hold, the kernel's included. */
export const moreThanBuffers = 96 * 1024 * 1024

/**
 * Writes until nothing moves any more because nobody reads, or until so much went out that there is
 * no back-pressure. Resolves with the number of bytes written.
 */
export const writeUntilStalled = async (socket: Socket): Promise<number> => {
  let written = 0
  const write = (): void => {
    while (written < moreThanBuffers) {
      written += part.length
      if (!socket.write(part)) return
    }
  }
  socket.on('drain', write)
  write()
  let before = -1
  await vi.waitFor(
    () => {
      const last = before
      before = socket.bytesWritten - socket.writableLength
      if (before !== last) throw new Error('bytes still move')
    },
    { interval: 100, timeout: 20_000 },
  )
  socket.off('drain', write)
  return written
}
