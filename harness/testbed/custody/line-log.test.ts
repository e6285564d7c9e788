import { PassThrough } from 'node:stream'
import { finished } from 'node:stream/promises'
import { describe, expect, test } from 'vitest'
import { lineLog } from './line-log.ts'

const logged = async (...chunks: readonly (string | Buffer)[]): Promise<readonly string[]> => {
  const log = lineLog()
  const stream = new PassThrough()
  log.follow(stream)
  for (const chunk of chunks) stream.write(chunk)
  stream.end()
  await finished(stream)
  return log.lines()
}

describe('lineLog', () => {
  test('joins what came in pieces and keeps a last line without a break', async () => {
    expect(await logged('on', 'e\ntwo\r\n', '\nthree')).toEqual(['one', 'two', '', 'three'])
  })

  test('a character that came in two pieces is one', async () => {
    const bytes = Buffer.from('größe\n')
    expect(await logged(bytes.subarray(0, 3), bytes.subarray(3))).toEqual(['größe'])
  })

  test('only the last 2000 lines are kept', async () => {
    const lines = await logged(Array.from({ length: 2500 }, (_, index) => `${index}\n`).join(''))
    expect([lines.length, lines[0], lines.at(-1)]).toEqual([2000, '500', '2499'])
  })

  test('a line without end is cut, and what follows it is not lost', async () => {
    const lines = await logged(...Array.from({ length: 50 }, () => 'x'.repeat(1000)), '\nnext\n')
    expect(lines.map(({ length }) => length)).toEqual([4000, 4])
  })

  test('long lines do not add up without bound', async () => {
    const lines = await logged(`${'x'.repeat(4000)}\n`.repeat(1000))
    expect(lines.join('').length).toBeLessThanOrEqual(512 * 1024)
    expect(lines.length).toBeGreaterThan(100)
  })

  test('lines of two streams are told as they come', () => {
    const log = lineLog()
    const [out, err] = [new PassThrough(), new PassThrough()]
    const told: string[] = []
    log.follow(out)
    log.follow(err)
    log.onLine((line) => told.push(line))
    out.write('a')
    err.write('b\n')
    out.write('c\n')
    return expect.poll(() => told).toEqual(['b', 'ac'])
  })
})
