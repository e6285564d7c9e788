import { join } from 'node:path'
import { makeProject, type Project } from '../../harness/testing/project.ts'
import { peakDuring } from '../peak-memory.ts'
import { contractOf } from './contract.ts'
import { program } from './programs.ts'

/** A user's project with one contract. */
export const projectOf = (
  interactions: number,
  reset: 'database' | 'process',
  migrations: string,
): Promise<Project> =>
  makeProject({
    'contracts/web-orders.json': contractOf(interactions),
    'states.ts': "export default { 'orders exist': () => {} }",
    'proofbook.config.ts': `import { defineConfig, postgres } from 'proofbook'
export default defineConfig({ runtime: 'processes', integrations: { orders: {
  provider: {
    start: { command: [${JSON.stringify(process.execPath)}, ${JSON.stringify(program)}, '{port}'] },
    ready: { http: '/health' },
    environment: { DATABASE_URL: '{database.url}' },
    reset: '${reset}',
    states: { module: 'states.ts' },
  },
  dependencies: { database: postgres({ migrate: { folder: ${JSON.stringify(migrations)} } }) },
} } })
`,
  })

/** What a run of Proofbook took, and had. */
export interface ProofbookRun {
  readonly milliseconds: number
  /** Of memory, at most, in megabytes. */
  readonly megabytes: number
}

/** Runs `proofbook verify` on a contract with so many interactions. Throws where it is not green. */
export const proofbookRun = async (
  interactions: number,
  reset: 'database' | 'process',
  root: string,
): Promise<ProofbookRun> => {
  await using project = await projectOf(interactions, reset, join(root, 'migrations'))
  const began = performance.now()
  const megabytes = await peakDuring(project.proofbook(['verify']))
  return { milliseconds: performance.now() - began, megabytes }
}
