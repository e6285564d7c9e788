import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Credential } from '../../model/credential.ts'
import type { EvidenceEvent } from '../../model/evidence.ts'
import type { Testbed } from '../../testbed/testbed.ts'
import { openUrlTestbed } from '../../testbed/url-testbed.ts'
import type { World } from '../../testbed/world.ts'

/** A world of one provider that runs in the test itself, with what a test wants to know of it. */
export interface InProcessWorld extends World, AsyncDisposable {
  readonly providerUrl: string
  readonly notes: () => readonly string[]
  readonly dirty: () => boolean
  readonly leases: () => number
}

/** Serves a provider on loopback and leases testbeds that consist of nothing else. */
export const inProcessWorld = async (
  provider: RequestListener,
  options: { readonly credentials?: readonly Credential[]; readonly signal?: AbortSignal } = {},
): Promise<InProcessWorld> => {
  const server = createServer(provider)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const providerUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const events: EvidenceEvent[] = []
  let dirty = false
  let leases = 0
  const bare = openUrlTestbed('orders', providerUrl)
  const testbed: Testbed = {
    ...bare,
    description: { ...bare.description, id: 'in-process' },
    restartProvider: () => Promise.resolve(),
    markDirty: () => {
      dirty = true
    },
  }
  return {
    providerUrl,
    lease: () => {
      leases += 1
      return Promise.resolve(testbed)
    },
    journal: {
      events,
      note: (what, exchange) => {
        events.push({ at: 0, what, ...(exchange === undefined ? {} : { exchange }) })
      },
    },
    credentials: options.credentials ?? [],
    seed: 1,
    signal: options.signal ?? new AbortController().signal,
    notes: () => events.map(({ what }) => what),
    dirty: () => dirty,
    leases: () => leases,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
