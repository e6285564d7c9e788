import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { glob } from 'tinyglobby'
import { findEngine } from '../testbed/engine/find-engine.ts'

/*
 * Runs the tests that need a container engine: `node check-containers.ts`. Without an engine it names
 * those that could not be asked; with --demand that is an error.
 */
const demand = process.argv.includes('--demand')
const root = fileURLToPath(new URL('../..', import.meta.url))
const search = await findEngine(process.env)
if ('address' in search) {
  const args = ['run', '--config', 'harness/vitest.config.ts', '--project', 'containers']
  const { status } = spawnSync('vitest', args, { cwd: root, stdio: 'inherit' })
  process.exitCode = status ?? 1
} else {
  const files = await glob(['{harness,fixtures}/**/*.containers.test.ts'], { cwd: root })
  const lines = [
    `No container engine answers (${search.reasons.join('; ')}), so these could not be asked:`,
    ...files.toSorted().map((file) => `  ${file}`),
    'They are asked by "npm run check:containers" where there is one.',
  ]
  console.log(lines.join('\n'))
  process.exitCode = demand ? 1 : 0
}
