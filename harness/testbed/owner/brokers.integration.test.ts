import amqp from 'amqplib'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openRabbitmq } from '../broker/rabbitmq.ts'
import { openRedisServers } from '../cache/redis-servers.ts'
import { connectRedis } from '../cache/resp.ts'
import { leaseTestbed } from '../lease.ts'
import type { Testbed } from '../testbed.ts'
import { openOwnerForTest } from '../testing/owner-for-test.ts'
import { plainProvider } from '../testing/plain-config.ts'
import { nothing, remainsOf } from '../testing/remains.ts'
import { temporaryCustody } from '../testing/temporary-custody.ts'

const integrations = {
  cached: {
    provider: plainProvider({ environment: { DATABASE_URL: '{cache.url}' } }),
    dependencies: { cache: { type: 'redis' } },
  },
  kept: {
    provider: plainProvider({ reset: 'database' }),
    dependencies: { cache: { type: 'redis' }, queue: { type: 'rabbitmq' } },
  },
  queued: {
    provider: plainProvider({ environment: { DATABASE_URL: '{queue.url}' } }),
    dependencies: { queue: { type: 'rabbitmq' } },
  },
} as const

let opened: Awaited<ReturnType<typeof openOwnerForTest>>

beforeAll(async () => {
  opened = await openOwnerForTest({ integrations })
})

afterAll(async () => {
  const { owner, client, folder } = opened
  client.close()
  await owner.close()
  await vi.waitFor(async () => expect(await remainsOf({ folder, ports: [] })).toEqual(nothing), {
    timeout: 5000,
  })
  await opened[Symbol.asyncDispose]()
  expect(owner.notices).toEqual([])
})

const lease = (integration: keyof typeof integrations, caseId: string): Promise<Testbed> =>
  leaseTestbed(opened.client, { integration, caseId })

const value = ({ description }: Testbed, name: string): string => description.values[name] ?? ''

/** A client of the testbed's own Redis, through the link, as the provider has one. */
const redisOf = async (testbed: Testbed) => {
  const { hostname, port } = new URL(value(testbed, 'cache.url'))
  const redis = await connectRedis({ host: hostname, port: Number(port) })
  return { ...redis, [Symbol.dispose]: () => redis.close() }
}

describe('redis()', () => {
  test('what one case writes no other finds: keys, channels, scripts, settings', async () => {
    await using a = await lease('cached', 'a')
    await using b = await lease('cached', 'b')
    using redisA = await redisOf(a)
    using redisB = await redisOf(b)
    await redisA.command('SET', 'word', 'from a')
    expect(await redisB.command('GET', 'word')).toBeNull()
    expect(await redisB.command('PUBLISH', 'news', 'hello')).toBe(0)
    await redisB.command('FLUSHALL')
    expect(await redisA.command('GET', 'word')).toBe('from a')
    expect(a.description.madeOf.join()).toMatch(/cache: Redis \d+\.\d+\.\d+, a process/)
  })

  test('a case after another finds nothing of it, whatever it did', async () => {
    const ports = new Set<string>()
    for (const spoil of [
      [
        ['SELECT', '7'],
        ['SET', 'word', 'left'],
        ['SCRIPT', 'LOAD', 'return 1'],
      ],
      [['CONFIG', 'SET', 'maxmemory', '1mb']],
      [['ACL', 'SETUSER', 'default', '-get']],
      [['SUBSCRIBE', 'news']],
    ]) {
      const testbed = await lease('cached', 'a')
      using redis = await redisOf(testbed)
      ports.add(value(testbed, 'cache.port'))
      expect(await redis.command('DBSIZE')).toBe(0)
      await redis.command('SELECT', '7')
      expect(await redis.command('GET', 'word')).toBeNull()
      expect(
        await redis.command('SCRIPT', 'EXISTS', 'e0e1f9fabfc9d4800c877a703b823ac0578ff8db'),
      ).toEqual([0])
      expect(await redis.command('CONFIG', 'GET', 'maxmemory')).toEqual(['maxmemory', '0'])
      for (const command of spoil) await redis.command(...command)
      await testbed[Symbol.asyncDispose]()
    }
  })

  test('a fault on its link reaches the provider', async () => {
    await using testbed = await lease('cached', 'a')
    using redis = await redisOf(testbed)
    const toxic = await testbed.link('cache').add({ type: 'down' })
    await expect(redis.command('PING')).rejects.toThrow('ended')
    await toxic.remove()
    using again = await redisOf(testbed)
    expect(await again.command('PING')).toBe('PONG')
  })
})

const channelOf = async (testbed: Testbed) => {
  const connection = await amqp.connect(value(testbed, 'queue.url'))
  const channel = await connection.createChannel()
  return { channel, [Symbol.asyncDispose]: () => connection.close() }
}

describe('rabbitmq()', () => {
  test('what one case puts into a queue no other finds, nor a later one', async () => {
    {
      await using a = await lease('queued', 'a')
      await using b = await lease('queued', 'b')
      await using inA = await channelOf(a)
      await using inB = await channelOf(b)
      await inA.channel.assertQueue('orders')
      inA.channel.sendToQueue('orders', Buffer.from('from a'))
      await expect.poll(async () => (await inA.channel.checkQueue('orders')).messageCount).toBe(1)
      await inB.channel.assertQueue('orders')
      expect(await inB.channel.get('orders')).toBe(false)
      expect(String(((await inA.channel.get('orders')) as amqp.GetMessage).content)).toBe('from a')
      expect(a.description.madeOf.join()).toMatch(/queue: RabbitMQ \d+\.\d+\.\d+, a virtual host/)
    }
    await using c = await lease('queued', 'c')
    await using inC = await channelOf(c)
    inC.channel.on('error', () => {})
    await expect(inC.channel.checkQueue('orders')).rejects.toThrow('no queue')
  })

  test("a case's user gets into no other case's virtual host", async () => {
    await using a = await lease('queued', 'a')
    await using b = await lease('queued', 'b')
    const url = new URL(value(a, 'queue.url'))
    url.pathname = `/${value(b, 'queue.vhost')}`
    // The server ends the connection instead of opening it.
    await expect(amqp.connect(url.href)).rejects.toThrow('got <ConnectionClose')
    await using own = await channelOf(a)
    expect(await own.channel.assertQueue('orders')).toMatchObject({ messageCount: 0 })
  })
})

test('behind a provider that is kept, both are fresh for the next case', async () => {
  const pids = new Set<number>()
  for (const _ of [1, 2, 3]) {
    await using testbed = await lease('kept', 'a')
    const { pid } = (await (await fetch(testbed.description.providerUrl)).json()) as { pid: number }
    pids.add(pid)
    using redis = await redisOf(testbed)
    await using queue = await channelOf(testbed)
    expect(await redis.command('DBSIZE')).toBe(0)
    expect(await queue.channel.assertQueue('orders')).toMatchObject({ messageCount: 0 })
    await redis.command('SET', 'word', 'left')
    queue.channel.sendToQueue('orders', Buffer.from('left'))
    await expect.poll(async () => (await queue.channel.checkQueue('orders')).messageCount).toBe(1)
  }
  expect(pids.size).toBeLessThan(3)
})

const missing = (program: string) => ({
  name: 'Blocked',
  message: expect.stringMatching(
    new RegExp(`There is no ${program} on this machine[^]*fix: .*(install|add|-S) .*\\w`),
  ) as string,
})

test('a machine without the servers is told what to install', async () => {
  await using custody = await temporaryCustody()
  const environment = { PATH: '/nowhere' }
  const redis = openRedisServers(custody, { count: 1, environment, alsoIn: [] })
  await expect(redis.lease()).rejects.toMatchObject(missing('redis-server'))
  await expect(openRabbitmq(custody, { environment, alsoIn: [] })).rejects.toMatchObject(
    missing('rabbitmq-server'),
  )
})
