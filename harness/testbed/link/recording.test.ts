import { expect, test } from 'vitest'
import { newRecorder, timeAt } from './recording.ts'

test('keeps what came, with its times', () => {
  const recorder = newRecorder(100)
  const before = Date.now()
  recorder.add(Buffer.from('one'))
  recorder.add(Buffer.from('two'))
  const { bytes, marks, truncated } = recorder.take()
  expect(Buffer.from(bytes).toString()).toBe('onetwo')
  expect(marks.map(({ offset }) => offset)).toEqual([0, 3])
  expect(marks[0]?.at).toBeGreaterThanOrEqual(before - 1)
  expect(truncated).toBe(false)
})

test('keeps no more than the bound, and says so', () => {
  const recorder = newRecorder(4)
  recorder.add(Buffer.from('one'))
  recorder.add(Buffer.from('two'))
  recorder.add(Buffer.from('three'))
  const { bytes, truncated } = recorder.take()
  expect([Buffer.from(bytes).toString(), truncated]).toEqual(['onet', true])
  recorder.add(Buffer.from('more'))
  const next = recorder.take()
  expect([Buffer.from(next.bytes).toString(), next.truncated]).toEqual(['more', false])
})

test('exactly the bound is not too much', () => {
  const recorder = newRecorder(3)
  recorder.add(Buffer.from('one'))
  expect(recorder.take().truncated).toBe(false)
})

test('a sender of single bytes does not make marks without end', () => {
  const recorder = newRecorder(10_000)
  for (let byte = 0; byte < 10_000; byte += 1) recorder.add(Buffer.from('x'))
  const { bytes, marks } = recorder.take()
  expect([bytes.length, marks.length]).toEqual([10_000, 4096])
})

test('the recorder keeps a copy', () => {
  const recorder = newRecorder(10)
  const chunk = Buffer.from('abc')
  recorder.add(chunk)
  chunk.fill('x')
  expect(Buffer.from(recorder.take().bytes).toString()).toBe('abc')
})

test('the time of a byte is that of the chunk it came in', () => {
  const marks = [
    { offset: 0, at: 5 },
    { offset: 10, at: 9 },
  ]
  expect([0, 9, 10, 50].map((offset) => timeAt(marks, offset))).toEqual([5, 5, 9, 9])
  expect(timeAt([], 0)).toBeUndefined()
})
