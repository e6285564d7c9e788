import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { makeProject, type CommandResult } from '../../harness/testing/project.ts'
import { program } from './project.ts'

const repository = join(import.meta.dirname, '../..')
const pageBytes = 4096

interface Row {
  readonly pid: number
  readonly parent: number
  readonly megabytes: number
  /** Whether it belongs to a testbed: a provider, a server, a stub. */
  readonly ofTestbed: boolean
}

const rowOf = async (pid: number): Promise<Row | undefined> => {
  const read = (name: string): Promise<string> => readFile(`/proc/${pid}/${name}`, 'latin1')
  try {
    const [stat, environment] = [await read('stat'), await read('environ')]
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return {
      pid,
      parent: Number(fields[1]),
      megabytes: (Number(fields[21]) * pageBytes) / 2 ** 20,
      // PostgreSQL writes its titles over its environment.
      ofTestbed: environment.includes('PROOFBOOK_RUN=') || stat.includes('(postgres)'),
    }
  } catch {
    return undefined
  }
}

/** The memory of all that descends from us and is no part of a testbed. */
const harnessMegabytes = async (): Promise<number> => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const rows = (await Promise.all(pids.map(rowOf))).filter((row) => row !== undefined)
  const sum = (parent: number): number =>
    rows
      .filter((row) => row.parent === parent && !row.ofTestbed)
      .reduce((total, row) => total + row.megabytes + sum(row.pid), 0)
  return sum(process.pid)
}

const peakDuring = async (run: Promise<CommandResult>): Promise<number> => {
  let peak = 0
  const look = async (): Promise<void> => {
    peak = Math.max(peak, await harnessMegabytes())
  }
  const ended = new AbortController()
  const looking = (async () => {
    while (!ended.signal.aborted) {
      await look()
      await after(50)
    }
  })()
  const { status, output } = await run.finally(() => ended.abort())
  await looking
  if (status !== 0) throw new Error(output)
  return peak
}

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
  const full = await peakDuring(fullRun.proofbook(['verify']))
  return { empty, full }
}
