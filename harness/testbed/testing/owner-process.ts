import { writeSync } from 'node:fs'
import { dirname } from 'node:path'
import type { ContainerConfig, ValidConfig } from '../../config/schema.ts'
import { connectOwner, leaseTestbed } from '../lease.ts'
import { startOwner } from '../owner/owner.ts'
import type { TestbedDescription } from '../testbed.ts'
import { plainConfig, plainProvider } from './plain-config.ts'

/*
 * An owner in a process of its own, for tests of how one ends: `node owner-process.ts [full|contained] [RUNS]`. It
 * leases two testbeds, says in one line of JSON what there is, and then does what standard input
 * says: `close`, `exit` or `throw`. With `full`, one of them has a database and a stub; with `contained`
 * a container besides; RUNS is the folder of runs.
 */
const contained = process.argv.includes('contained')
const full = contained || process.argv.includes('full')
const runs = process.argv.slice(2).filter((argument) => !['full', 'contained'].includes(argument))
const plain = plainConfig(plainProvider({ ready: { http: '/health' } }))
const environment = { DATABASE_URL: '{database.url}', PAYMENTS_URL: '{payments.url}' }
const queue = {
  type: 'container' as const,
  image: 'node:24-slim',
  port: 5672,
  command: ['node', '-e', "require('net').createServer().listen(5672)"],
} satisfies ContainerConfig
const config = {
  integrations: {
    ...plain.integrations,
    full: {
      provider: plainProvider({ environment }),
      dependencies: {
        database: { type: 'postgres' },
        payments: { type: 'wiremock' },
        ...(contained ? { queue } : {}),
      },
    },
  },
} satisfies ValidConfig

const owner = await startOwner({
  root: process.cwd(),
  config,
  ...(runs.length === 0 ? {} : { runs }),
})
const client = await connectOwner(owner.address)
const beds = [
  await leaseTestbed(client, { integration: 'plain', caseId: 'a' }),
  await leaseTestbed(client, { integration: full ? 'full' : 'plain', caseId: 'b' }),
]
const addressesIn = ({ providerUrl, values, databases, stubs }: TestbedDescription) => {
  const throughLinks = Object.entries(values).filter(([name]) => name.endsWith('.url'))
  const pastLinks = [...Object.values(databases), ...Object.values(stubs)]
  return [providerUrl, ...throughLinks.map(([, url]) => url), ...pastLinks]
}
const addresses = beds.flatMap(({ description }) => addressesIn(description))
const told = {
  folder: dirname(dirname(owner.address.path)),
  ports: addresses.map((url) => Number(new URL(url).port)),
  notices: owner.notices,
}
writeSync(1, `${JSON.stringify(told)}\n`)

process.stdin.setEncoding('utf8')
for await (const word of process.stdin) {
  if (String(word).includes('close')) {
    client.close()
    await owner.close()
    process.exit(0)
  }
  if (String(word).includes('exit')) process.exit(1)
  if (String(word).includes('throw')) throw new Error('thrown on purpose')
}
