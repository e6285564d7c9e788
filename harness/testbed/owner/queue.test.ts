import { describe, expect, test } from 'vitest'
import { openQueue } from './queue.ts'

const never = new AbortController().signal

/** Enters and says at once whether there was a place. */
const entered = async (entering: Promise<() => void>): Promise<boolean> => {
  const waiting = Symbol('waiting')
  const settled = new Promise((resolve) => {
    setImmediate(() => resolve(waiting))
  })
  return (await Promise.race([entering, settled])) !== waiting
}

describe('openQueue', () => {
  test('as many as there are places, the others in the order in which they came', async () => {
    const queue = openQueue(2)
    const leaveA = await queue.enter('a', never)
    await queue.enter('b', never)
    const c = queue.enter('c', never)
    const d = queue.enter('d', never)
    expect(await entered(c)).toBe(false)
    leaveA()
    expect([await entered(c), await entered(d)]).toEqual([true, false])
    const leaveC = await c
    leaveC()
    expect(await entered(d)).toBe(true)
  })

  test('who has a place gets another: two that wait for a second would wait for ever', async () => {
    const queue = openQueue(2)
    await queue.enter('a', never)
    await queue.enter('b', never)
    const [again, againB] = [queue.enter('a', never), queue.enter('b', never)]
    expect([await entered(again), await entered(againB)]).toEqual([true, true])
  })

  test('places beyond the number are given back before anybody else gets in', async () => {
    const queue = openQueue(1)
    const leave = await queue.enter('a', never)
    const leaveSecond = await queue.enter('a', never)
    const b = queue.enter('b', never)
    leave()
    expect(await entered(b)).toBe(false)
    leaveSecond()
    expect(await entered(b)).toBe(true)
  })

  test('who gave all places back waits like everybody', async () => {
    const queue = openQueue(1)
    const leave = await queue.enter('a', never)
    leave()
    await queue.enter('b', never)
    expect(await entered(queue.enter('a', never))).toBe(false)
  })

  test('leaving twice frees one place', async () => {
    const queue = openQueue(1)
    const leave = await queue.enter('a', never)
    leave()
    leave()
    await queue.enter('b', never)
    expect(await entered(queue.enter('c', never))).toBe(false)
  })

  test('who gives up waiting takes no place', async () => {
    const queue = openQueue(1)
    const leave = await queue.enter('a', never)
    const impatient = new AbortController()
    const b = queue.enter('b', impatient.signal)
    const c = queue.enter('c', never)
    impatient.abort(new Error('the worker is gone'))
    await expect(b).rejects.toThrow('the worker is gone')
    leave()
    expect(await entered(c)).toBe(true)
  })

  test('who is gone already does not enter', async () => {
    const signal = AbortSignal.abort(new Error('the worker is gone'))
    await expect(openQueue(1).enter('a', signal)).rejects.toThrow('the worker is gone')
  })
})
