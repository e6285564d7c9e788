import { pathToFileURL } from 'node:url'

/**
 * Runs a migration module in a process of its own, so that a connection that it leaves open, or an
 * exit, is no harm to us: `node run-module.ts <absolute path>`, with DATABASE_URL set.
 */
const [, , path = ''] = process.argv
const module = (await import(pathToFileURL(path).href)) as {
  readonly default?: unknown
  readonly migrate?: unknown
}
const migrate = module.default ?? module.migrate
if (typeof migrate !== 'function') {
  console.error('The module exports no function: neither as default nor as "migrate".')
  process.exit(1)
}
await (migrate as (database: { readonly url: string }) => unknown)({
  url: process.env.DATABASE_URL ?? '',
})
process.exit(0)
