import { pathToFileURL } from 'node:url'

/**
 * Runs a hook of the user's in a process of its own, so that what it leaves open, or an exit, is no
 * harm to us: `node run-hook.ts <absolute path> <name>`, with where the dependency listens as JSON in
 * PROOFBOOK_DEPENDENCY.
 */
const [, , path = '', name = ''] = process.argv
const module = (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>
const hook = module[name] ?? module['default']
if (typeof hook !== 'function') {
  console.error(`The module exports no function: neither as "${name}" nor as default.`)
  process.exit(1)
}
await (hook as (dependency: unknown) => unknown)(
  JSON.parse(process.env['PROOFBOOK_DEPENDENCY'] ?? '{}'),
)
process.exit(0)
