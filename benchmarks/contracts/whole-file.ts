import { Verifier } from '@pact-foundation/pact'
import pactCore from '@pact-foundation/pact-core'

/*
 * Verifies a whole contract as people do, unisolated: `node whole-file.ts pact-core|pact-js FILE URL`.
 * Prints the milliseconds that it took, without the start of Node.
 */
const [tool, file = '', providerBaseUrl = ''] = process.argv.slice(2)
const began = performance.now()
if (tool === 'pact-js')
  await new Verifier({
    provider: 'orders',
    providerBaseUrl,
    pactUrls: [file],
    stateHandlers: { 'orders exist': () => Promise.resolve() },
    logLevel: 'error',
  }).verifyProvider()
else
  await pactCore.default.verifyPacts({
    provider: 'orders',
    providerBaseUrl,
    pactUrls: [file],
    providerStatesSetupUrl: `${providerBaseUrl}/_pact/states`,
    logLevel: 'error',
  })
console.error(`took ${performance.now() - began}`)
process.exit(0)
