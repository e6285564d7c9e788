import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Runs one benchmark: `npm run bench NAME`. Each is a folder with a `bench.ts`, and ends with a line
 * `ratio NAME VALUE goal GOAL` for each of its goals.
 */
const names = (await readdir(import.meta.dirname, { withFileTypes: true }))
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .toSorted()
const [name] = process.argv.slice(2)

if (name === undefined || !names.includes(name)) {
  console.error(
    name === undefined ? 'Which benchmark?' : `There is no benchmark ${JSON.stringify(name)}.`,
  )
  console.error(`  expected: one of ${names.join(', ')}\n  fix: npm run bench ${names[0]}`)
  process.exitCode = 1
} else await import(join(import.meta.dirname, name, 'bench.ts'))
