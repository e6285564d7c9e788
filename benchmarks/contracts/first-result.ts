import { join } from 'node:path'
import { startNode } from '../../harness/testing/running-command.ts'
import { contractOf } from './contract.ts'
import { projectOf } from './proofbook-run.ts'

const vitest = join(import.meta.dirname, '../../node_modules/vitest/vitest.mjs')
const firstResult = /✓ contracts\/web-orders\.json/
const idle = /(?:Waiting|Watching) for file changes/

/**
 * How long a person waits for the first result, in milliseconds: of Vitest's start, with nothing
 * there yet, and of a change in watch mode, with PostgreSQL there.
 */
export const firstResults = async (
  root: string,
): Promise<{ readonly cold: number; readonly warm: number }> => {
  await using project = await projectOf(20, 'database', join(root, 'migrations'))
  await project.write(
    'vitest.config.ts',
    "import { proofbook } from 'proofbook/vitest'\nexport default { plugins: [proofbook()] }",
  )
  const began = performance.now()
  await using command = startNode(project.path, [vitest, '--watch', '--reporter=verbose'])
  await command.wait(firstResult)
  const cold = performance.now() - began
  await command.wait(idle)
  const changed = performance.now()
  await project.write('contracts/web-orders.json', contractOf(21))
  await command.wait(firstResult)
  return { cold, warm: performance.now() - changed }
}
