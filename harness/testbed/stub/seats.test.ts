import { describe, expect, test } from 'vitest'
import { Blocked } from '../../model/user-error.ts'
import { openSeats } from './seats.ts'
import { stubAdmin } from './stub-admin.ts'
import type { StubServer } from './stub-server.ts'

/** Starts servers that are only names, and tells which were closed. */
const fakeServers = () => {
  const closed: number[] = []
  const failed = new Set<number>()
  let port = 0
  const start = (): Promise<StubServer> => {
    port += 1
    const own = port
    return Promise.resolve({
      host: '',
      port: own,
      url: '',
      emptyFiles: () => Promise.resolve(),
      admin: stubAdmin('http://127.0.0.1:9'),
      failure: () => (failed.has(own) ? new Blocked({ problem: 'dead' }) : undefined),
      close: () => {
        closed.push(own)
        return Promise.resolve()
      },
    })
  }
  return { start, closed, failed, started: () => port }
}

describe('seats', () => {
  test('start a server only when one is needed, and use it again', async () => {
    const servers = fakeServers()
    const seats = openSeats(2, servers.start)
    expect(servers.started()).toBe(0)
    const first = await seats.take()
    await first.release('usable')
    expect((await seats.take()).server).toBe(first.server)
    expect(servers.started()).toBe(1)
  })

  test('are never taken twice: who comes last waits', async () => {
    const servers = fakeServers()
    const seats = openSeats(1, servers.start)
    const first = await seats.take()
    const order: string[] = []
    const second = seats.take().then(async (seat) => {
      order.push('second')
      return seat.release('usable')
    })
    const third = seats.take().then(() => order.push('third'))
    order.push('released')
    await first.release('usable')
    await Promise.all([second, third])
    expect(order).toEqual(['released', 'second', 'third'])
    expect(servers.started()).toBe(1)
  })

  test('given back twice count once', async () => {
    const servers = fakeServers()
    const seats = openSeats(1, servers.start)
    const first = await seats.take()
    await first.release('usable')
    await first.release('usable')
    await seats.take()
    let taken = false
    void seats.take().then(() => (taken = true))
    await Promise.resolve()
    expect(taken).toBe(false)
  })

  test.each(['died while it was idle', 'was given back as unusable', 'died under its lease'])(
    'replace a server that %s',
    async (how) => {
      const servers = fakeServers()
      const seats = openSeats(1, servers.start)
      const first = await seats.take()
      if (how === 'died under its lease') servers.failed.add(1)
      await first.release(how === 'was given back as unusable' ? 'unusable' : 'usable')
      if (how === 'died while it was idle') servers.failed.add(1)
      expect((await seats.take()).server.port).toBe(2)
      expect(servers.closed).toEqual([1])
    },
  )

  test('pass on why none starts, and do not lose the seat', async () => {
    const servers = fakeServers()
    let broken = true
    const seats = openSeats(1, () =>
      broken ? Promise.reject(new Blocked({ problem: 'no Java' })) : servers.start(),
    )
    await expect(seats.take()).rejects.toThrow('no Java')
    broken = false
    await expect(seats.take()).resolves.toHaveProperty('server')
  })

  test('end every server when they are closed, and whoever waits is told', async () => {
    const servers = fakeServers()
    const seats = openSeats(1, servers.start)
    await seats.take()
    const refused = expect(seats.take()).rejects.toThrow(/run ended/)
    await seats.close()
    expect(servers.closed).toEqual([1])
    await refused
  })
})
