import { UserError } from '../../model/user-error.ts'
import { lineAndColumn } from '../json-text.ts'

/** Larger contracts are refused. Pact files of real systems stay under 10 MB. */
export const bytesMaxDefault = 50 * 1024 * 1024

const encodingOf = (bytes: Uint8Array): string | undefined => {
  const [a, b] = bytes
  if (a === 0xff && b === 0xfe) return 'UTF-16 (little-endian)'
  if (a === 0xfe && b === 0xff) return 'UTF-16 (big-endian)'
  if (a === 0 && b !== 0) return 'UTF-16 (big-endian, without a mark)'
  if (a !== 0 && b === 0) return 'UTF-16 (little-endian, without a mark)'
  return undefined
}

const fix = (file: string): string =>
  `save it as UTF-8, for example: iconv -f UTF-16 -t UTF-8 '${file}' > utf8.json`

/** The longest beginning that is valid UTF-8, found by halving: only for the message. */
const validPrefix = (bytes: Uint8Array): string => {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let [good, bad] = [0, bytes.length]
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    try {
      // A stream may end inside a character, so only real faults throw.
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, middle), { stream: true })
      good = middle
    } catch {
      bad = middle
    }
  }
  return decoder.decode(bytes.subarray(0, good), { stream: true })
}

/** The error of a contract of more bytes than are read. */
export const tooLarge = (file: string, bytes: number, bytesMax: number): UserError =>
  new UserError({
    problem: `the file is too large: ${(bytes / 1024 / 1024).toFixed(1)} MB`,
    place: { file },
    expected: `at most ${bytesMax / 1024 / 1024} MB`,
    fix: 'split the contract, or record smaller bodies',
  })

const withoutMark = (text: string): string => (text.startsWith('\uFEFF') ? text.slice(1) : text)

/**
 * The text of a JSON file (RFC 8259, 8.1: UTF-8), without a byte order mark.
 *
 * Throws a `UserError` for more than `bytesMax` bytes, UTF-16, and bytes that are not UTF-8.
 *
 * @example
 * decoded('contracts/a.json', await readFile('contracts/a.json'), bytesMaxDefault)
 */
export const decoded = (file: string, data: string | Uint8Array, bytesMax: number): string => {
  const bytes = typeof data === 'string' ? data.length : data.byteLength
  if (bytes > bytesMax) throw tooLarge(file, bytes, bytesMax)
  if (typeof data === 'string') return withoutMark(data)
  const encoding = encodingOf(data)
  if (encoding !== undefined) {
    throw new UserError({
      problem: `the contract is encoded in ${encoding}`,
      place: { file, line: 1, column: 1 },
      expected: 'UTF-8 (RFC 8259, 8.1)',
      fix: fix(file),
    })
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(data)
  } catch {
    const before = withoutMark(validPrefix(data))
    throw new UserError({
      problem: 'the contract holds bytes that are not UTF-8',
      place: { file, ...lineAndColumn(before, before.length) },
      expected: 'UTF-8 (RFC 8259, 8.1)',
      fix: fix(file).replace('UTF-16', 'ISO-8859-1'),
    })
  }
}
