import { describe, expect, test } from 'vitest'
import { Blocked } from '../../model/user-error.ts'
import type { Swap } from '../swap.ts'
import type { Look } from './probe.ts'
import { settle, type Settling } from './settle.ts'

const signal = new AbortController().signal
const good: Look = { host: '127.0.0.1' }
const bad: Look = { problem: 'it answered 500' }

interface Pool {
  readonly swap: Swap
  /** The provider lets one of the old connections go. */
  readonly drop: () => void
  /** Whether new connections come through. */
  readonly isOpen: () => boolean
}

const poolOf = (connections: number, waiting: () => number = () => 0): Pool => {
  const { promise: gone, resolve } = Promise.withResolvers<void>()
  let left = connections
  let open = false
  if (left === 0) resolve()
  return {
    swap: {
      left: () => left,
      gone,
      waiting: () => (open ? 0 : waiting()),
      open: () => {
        open = true
      },
    },
    drop: () => {
      left = Math.max(0, left - 1)
      if (left === 0) resolve()
    },
    isOpen: () => open,
  }
}

const providerWith = (look: () => Look | Promise<Look>, ended = () => false): Settling => ({
  look: () => Promise.resolve(look()),
  ended,
})

describe('settle', () => {
  test('is done at once where nothing was ended and the provider is ready', async () => {
    let looks = 0
    const provider = providerWith(() => {
      looks += 1
      return good
    })
    const { swap, isOpen } = poolOf(0)
    await settle(provider, [swap], signal)
    expect([looks, isOpen()]).toEqual([1, true])
  })

  test('where each look gets one dead connection, looks until all are gone, then until it is ready', async () => {
    const pool = poolOf(10)
    let lookedWithDead = 0
    const provider = providerWith(() => {
      if (pool.swap.left() === 0) return pool.isOpen() ? good : bad
      lookedWithDead += 1
      pool.drop()
      return bad
    })
    await settle(provider, [pool.swap], signal)
    expect([pool.swap.left(), pool.isOpen(), lookedWithDead]).toEqual([0, true, 10])
  })

  test('new connections wait while an old one is left: a look must not get a live one', async () => {
    const pool = poolOf(3)
    const openWhileLeft: boolean[] = []
    const provider = providerWith(() => {
      if (pool.swap.left() > 0) openWhileLeft.push(pool.isOpen())
      pool.drop()
      return good
    })
    await settle(provider, [pool.swap], signal)
    expect(new Set(openWhileLeft)).toEqual(new Set([false]))
  })

  test('a look that waits for a new connection gets it', async () => {
    const pool = poolOf(2, () => 1)
    const provider = providerWith(async () => {
      // It asks for a new connection before it looks at its old ones.
      await expect.poll(() => pool.isOpen()).toBe(true)
      pool.drop()
      return good
    })
    await settle(provider, [pool.swap], signal)
    expect(pool.swap.left()).toBe(0)
  })

  test('a provider that is ready and keeps what was ended has not recovered', async () => {
    const settling = settle(
      providerWith(() => good),
      [poolOf(2).swap],
      signal,
    )
    await expect(settling).rejects.toBeInstanceOf(Blocked)
    await expect(settling).rejects.toThrow(/kept 2 connections open .* fix: let provider\.ready/s)
  })

  test('nor has one that ended', async () => {
    const pool = poolOf(1)
    const provider = providerWith(
      () => bad,
      () => true,
    )
    await expect(settle(provider, [pool.swap], signal)).rejects.toThrow(
      'did not recover when its database was swapped: it ended.',
    )
  })

  test('gives up with the run', async () => {
    const ended = AbortSignal.abort(new Error('the run has ended'))
    const provider = providerWith(() => bad)
    await expect(settle(provider, [poolOf(1).swap], ended)).rejects.toThrow('the run has ended')
    await expect(settle(provider, [], ended)).rejects.toThrow('the run has ended')
  })
})
