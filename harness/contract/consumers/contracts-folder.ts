import { resolve } from 'node:path'

/** How `proofbook contracts` tells consumer tests where to write. */
export const contractsFolderVariable = 'PROOFBOOK_CONTRACTS'

/**
 * The folder that a consumer test has Pact write to: what `proofbook contracts` says, else
 * `contracts`. An absolute path.
 *
 * @example
 * const pact = new PactV4({ consumer: 'web', provider: 'orders-api', dir: contractsFolder() })
 */
export const contractsFolder = (): string =>
  resolve(process.env[contractsFolderVariable] ?? 'contracts')
