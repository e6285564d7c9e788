import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { glob } from 'tinyglobby'

/*
 * Runs the tests that need a real Pact Broker: `node check-broker.ts`. Where its gems are not
 * installed it names those that could not be asked; with --demand that is an error.
 */
const demand = process.argv.includes('--demand')
const root = fileURLToPath(new URL('../..', import.meta.url))
const install = fileURLToPath(new URL('../../.ci/broker/install', import.meta.url))
const found = spawnSync(install, ['--find'], { encoding: 'utf8' })
if (found.status === 0) {
  const args = ['run', '--config', 'harness/vitest.config.ts', '--project', 'broker']
  const { status } = spawnSync('vitest', args, { cwd: root, stdio: 'inherit' })
  process.exitCode = status ?? 1
} else {
  const files = await glob(['{harness,fixtures}/**/*.broker.test.ts'], { cwd: root })
  const lines = [
    `No Pact Broker can be started (${found.stderr.trim()}), so these could not be asked:`,
    ...files.toSorted().map((file) => `  ${file}`),
    'They are asked by "npm run check:broker" once ".ci/broker/install" has installed one.',
  ]
  console.log(lines.join('\n'))
  process.exitCode = demand ? 1 : 0
}
