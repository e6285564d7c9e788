/** When the byte at an offset came, in milliseconds since 1970. */
export interface Mark {
  readonly offset: number
  readonly at: number
}

/** One direction, as far as the bound allowed to keep it. */
interface Recording {
  readonly bytes: Uint8Array
  readonly marks: readonly Mark[]
  /** Whether more came than was kept. */
  readonly truncated: boolean
}

/** Takes down one direction. */
export interface Recorder {
  add(bytes: Uint8Array): void
  /** What came since the last time. */
  take(): Recording
}

/** So many marks at most: a sender of single bytes must not cost more than its bytes. */
const marksMax = 4096

/** Milliseconds since 1970, with the fraction that `Date.now()` lacks. */
export const preciseNow = (): number => performance.timeOrigin + performance.now()

/**
 * Makes a recorder that keeps at most so many bytes.
 *
 * @example
 * const recorder = newRecorder(256_000)
 * recorder.add(Buffer.from('GET / HTTP/1.1'))
 * recorder.take().truncated // false
 */
export const newRecorder = (bytesMax: number): Recorder => {
  let parts: Uint8Array[] = []
  let marks: Mark[] = []
  let length = 0
  let truncated = false
  return {
    add: (bytes) => {
      const kept = bytes.subarray(0, bytesMax - length)
      if (kept.length < bytes.length) truncated = true
      if (kept.length === 0) return
      if (marks.length < marksMax) marks.push({ offset: length, at: preciseNow() })
      // A copy: the rest of the chunk, and the pool it comes from, must not be kept alive by it.
      parts.push(Uint8Array.from(kept))
      length += kept.length
    },
    take: () => {
      const taken = { bytes: new Uint8Array(Buffer.concat(parts)), marks, truncated }
      parts = []
      marks = []
      length = 0
      truncated = false
      return taken
    },
  }
}

/**
 * When the byte at an offset came.
 *
 * @example
 * timeAt([{ offset: 0, at: 5 }, { offset: 10, at: 9 }], 12) // 9
 */
export const timeAt = (marks: readonly Mark[], offset: number): number | undefined =>
  marks.findLast((mark) => mark.offset <= offset)?.at
