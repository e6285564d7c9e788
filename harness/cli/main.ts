#!/usr/bin/env node
import { nodeProblem } from './node-version.ts'

// Before anything else is imported: an older Node would fail in a dependency, with its words.
const problem = nodeProblem(process.versions.node)
if (problem === undefined) {
  const { run } = await import('./program.ts')
  await run(process.argv)
} else {
  process.stderr.write(`${problem}\n`)
  process.exitCode = 1
}
