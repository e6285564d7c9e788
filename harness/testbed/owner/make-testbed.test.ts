import { describe, expect, test } from 'vitest'
import type { IntegrationConfig } from '../../config/schema.ts'
import { Blocked } from '../../model/user-error.ts'
import type { Custody } from '../custody.ts'
import type { PostgresServer } from '../database/postgres.ts'
import type { StubServers } from '../stub/stub-servers.ts'
import { makeTestbed } from './make-testbed.ts'
import { openResets } from './resets.ts'
import type { Services } from './services.ts'

const address = { host: '127.0.0.1', port: 9 }

const notFailed = (): undefined => undefined

const renew = (): Promise<void> => Promise.resolve()
const report = () => Promise.resolve({ unmatched: [], unused: [] })

const neverAsked = (): Promise<never> => Promise.reject(new Error('nobody should ask for it'))

/** Servers that only write down what is asked of them. */
const fakeServices = (events: string[], stubs?: () => Promise<StubServers>): Services => {
  const postgres: Pick<
    PostgresServer,
    'versionText' | 'madeOf' | 'template' | 'clone' | 'drop' | 'failure'
  > = {
    versionText: 'PostgreSQL 0',
    madeOf: 'a fake',
    failure: notFailed,
    template: () => Promise.resolve({} as Awaited<ReturnType<PostgresServer['template']>>),
    clone: (_, name) => {
      events.push(`clone ${name}`)
      const url = `postgres://u:p@127.0.0.1:9/${name}`
      const jdbcUrl = `jdbc:postgresql://127.0.0.1:9/${name}`
      return Promise.resolve({ ...address, name, user: 'u', password: 'p', url, jdbcUrl })
    },
    drop: (name) => {
      events.push(`drop ${name}`)
      return Promise.resolve()
    },
  }
  const servers: Pick<StubServers, 'versionText' | 'madeOf' | 'lease'> = {
    versionText: 'WireMock 0',
    madeOf: 'a fake',
    lease: () => {
      events.push('lease stub')
      const release = (): Promise<void> => {
        events.push('release stub')
        return Promise.resolve()
      }
      const url = 'http://127.0.0.1:9'
      return Promise.resolve({ ...address, url, failure: notFailed, renew, report, release })
    },
  }
  return {
    postgres: () => Promise.resolve(postgres as PostgresServer),
    containers: () => Promise.reject(new Blocked({ problem: 'There are no containers.' })),
    startsProvidersIn: 'processes',
    stubs: stubs ?? (() => Promise.resolve(servers as StubServers)),
    redis: neverAsked,
    rabbitmq: neverAsked,
    programs: neverAsked,
    unusedMappings: () => [],
    notices: () => [],
    close: () => Promise.resolve([]),
  }
}

const config: IntegrationConfig = {
  provider: {
    start: { command: ['serve', '{port}'] },
    environment: { DATABASE_URL: '{main-db.jdbcUrl}', PAYMENTS_URL: '{payments.url}' },
  },
  dependencies: { 'main-db': { type: 'postgres' }, payments: { type: 'wiremock' } },
}

const make = (services: Services, spawn: Custody['spawn'], integration = config) =>
  makeTestbed(
    {
      id: 'orders-1',
      integration: 'orders',
      config: integration,
      changes: {},
      signal: new AbortController().signal,
    },
    { root: '/', custody: { folder: '/', spawn }, services, resets: openResets(), inherited: {} },
  )

const cannotStart = new Blocked({ problem: 'It cannot be started.' })

describe('a testbed whose provider does not start', () => {
  test('closes what was opened for it, and passes the reason on', async () => {
    const events: string[] = []
    const making = make(fakeServices(events), () => Promise.reject(cannotStart))
    await expect(making).rejects.toBe(cannotStart)
    expect(events.toSorted()).toEqual([
      'clone orders_1_main_db',
      'drop orders_1_main_db',
      'lease stub',
      'release stub',
    ])
    expect(events.indexOf('release stub')).toBeGreaterThan(events.indexOf('lease stub'))
  })

  test('was given addresses that lead through links', async () => {
    let environment: Readonly<Record<string, string>> = {}
    const spawn: Custody['spawn'] = (_command, _args, options) => {
      environment = options.environment
      return Promise.reject(cannotStart)
    }
    await expect(make(fakeServices([]), spawn)).rejects.toBe(cannotStart)
    const { DATABASE_URL = '', PAYMENTS_URL = '' } = environment
    expect(DATABASE_URL).toMatch(/^jdbc:postgresql:\/\/127\.0\.0\.1:\d{4,}\/orders_1_main_db$/)
    expect(PAYMENTS_URL).toMatch(/^http:\/\/127\.0\.0\.1:\d{4,}$/)
  })
})

describe('a testbed one of whose dependencies cannot be had', () => {
  test('waits for the others, closes them, and passes the reason on', async () => {
    const events: string[] = []
    const noJava = new Blocked({ problem: 'There is no Java.' })
    const services = fakeServices(events, () => Promise.reject(noJava))
    const never: Custody['spawn'] = () => {
      events.push('spawn')
      return Promise.reject(cannotStart)
    }
    await expect(make(services, never)).rejects.toBe(noJava)
    expect(events).toEqual(['clone orders_1_main_db', 'drop orders_1_main_db'])
  })
})
