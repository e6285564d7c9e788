import { join } from 'node:path'
import { makeProject } from '../../harness/testing/project.ts'
import { peakDuring } from '../peak-memory.ts'
import { program } from './project.ts'

const repository = join(import.meta.dirname, '../..')

const distributed = (file: string): string => JSON.stringify(join(repository, 'dist', file))

const emptyProject = (): Readonly<Record<string, string>> => {
  const testFile = `import { test } from 'vitest'
import ${distributed('vitest/test-spec.js')}
test('nothing', () => {})
`
  return {
    'vitest.config.ts': `import { proofbook } from 'proofbook/vitest'
import ${distributed('testbed/owner/owner.js')}
import ${distributed('testbed/database/postgres.js')}
export default { plugins: [typeof proofbook === 'string' ? proofbook : undefined], test: { pool: 'forks', isolate: false, maxWorkers: 2 } }
`,
    'a.test.ts': testFile,
    'b.test.ts': testFile,
  }
}

const path = `
    get:
      responses:
        '200': { description: It is done., content: { text/plain: { schema: { type: string } } } }`

const integration = (name: string): string => `${name}: {
    provider: {
      start: { command: [${JSON.stringify(process.execPath)}, ${JSON.stringify(program)}, '{port}'] },
      ready: { http: '/health' },
      environment: { DATABASE_URL: '{database.url}' },
      reset: 'database',
    },
    dependencies: { database: postgres() },
    spec: 'specs/${name}.yaml',
  },`

const fullProject = (cases: number): Readonly<Record<string, string>> => {
  const half = (from: number): string => {
    const numbers = Array.from({ length: cases / 2 }, (_, index) => from + index)
    return `openapi: 3.1.0
info: { title: Work, version: '1' }
paths:${numbers.map((number) => `\n  /work/${number}:${path}`).join('')}
`
  }
  return {
    'proofbook.config.ts': `import { defineConfig, postgres } from 'proofbook'
export default defineConfig({ runtime: 'processes', integrations: { ${integration('one')} ${integration('two')} } })
`,
    'specs/one.yaml': half(0),
    'specs/two.yaml': half(cases / 2),
  }
}

/** What the harness takes of memory at most, in megabytes: main process, workers and reaper. */
export const measureMemory = async (
  cases: number,
): Promise<{ readonly empty: number; readonly full: number }> => {
  await using emptyRun = await makeProject(emptyProject())
  const empty = await peakDuring(emptyRun.vitest(['run']))
  await using fullRun = await makeProject(fullProject(cases))
  const full = await peakDuring(fullRun.proofbook(['verify', '-t', 'examples']))
  return { empty, full }
}
