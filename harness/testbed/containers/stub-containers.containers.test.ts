import { afterAll, beforeAll, expect, test } from 'vitest'
import type { StubLease, StubServers } from '../stub/stub-servers.ts'
import { openHarbour, type TestHarbour } from '../testing/engine-for-test.ts'
import { temporaryFolder, type TemporaryFolder } from '../../testing/temporary-folder.ts'
import { openStubContainers } from './stub-containers.ts'

let harbour: TestHarbour
let project: TemporaryFolder
let stubs: StubServers

beforeAll(async () => {
  project = await temporaryFolder({
    'pay/a.json': JSON.stringify({ request: { url: '/pay' }, response: { status: 202 } }),
  })
  harbour = await openHarbour(project.path)
  stubs = await openStubContainers(harbour.containers, {
    image: undefined,
    root: project.path,
    count: 1,
  })
})
afterAll(async () => {
  await stubs.close()
  await harbour[Symbol.asyncDispose]()
  await project[Symbol.asyncDispose]()
})

const leased = async (mappings: string | undefined, use: (lease: StubLease) => Promise<void>) => {
  const lease = await stubs.lease({ type: 'wiremock', mappings })
  try {
    await use(lease)
  } finally {
    await lease.release()
  }
}

const status = async (url: string): Promise<number> => (await fetch(url)).status

test('a stub in a container says what it is', () => {
  expect(stubs.versionText).toBe('WireMock 3.13.2')
  expect(stubs.madeOf).toBe('a stub in a container wiremock/wiremock:3.13.2')
})

test('a lease finds its own mappings, and nothing of the lease before it', async () => {
  await leased('pay', async ({ url }) => {
    expect(await status(`${url}/pay`)).toBe(202)
    const file = { method: 'PUT', body: 'left behind' }
    expect((await fetch(`${url}/__admin/files/a/left.txt`, file)).ok).toBe(true)
    expect(await status(`${url}/other`)).toBe(404)
  })
  await leased(undefined, async ({ url }) => {
    expect(await status(`${url}/pay`)).toBe(404)
    expect(await (await fetch(`${url}/__admin/files`)).json()).toEqual([])
    const journal = (await (await fetch(`${url}/__admin/requests`)).json()) as {
      readonly meta: { readonly total: number }
    }
    expect(journal.meta.total).toBe(1)
  })
})
