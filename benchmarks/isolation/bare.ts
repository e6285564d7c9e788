import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { OpenCustody } from '../../harness/testbed/custody/open-custody.ts'
import { openPostgres } from '../../harness/testbed/database/postgres.ts'
import { freePort } from '../../harness/testbed/provider/free-port.ts'
import { database, program } from './project.ts'

/** Providers and databases without any of our testbeds: no owner, no links, no custody. */
export interface Bare {
  /** Clones a database and starts a provider on it; resolves when it answers. */
  start(name: string): Promise<BareProvider>
  /** Clones a database, and drops it. */
  clone(name: string): Promise<void>
  close(): Promise<void>
}

/** One provider with a database of its own. */
export interface BareProvider {
  readonly url: string
  /** Kills it and drops its database. */
  stop(): Promise<void>
}

const untilItAnswers = async (url: string): Promise<void> => {
  for (;;) {
    const answer = await fetch(url).catch(() => undefined)
    await answer?.text()
    if (answer?.ok === true) return
    await new Promise((resolve) => {
      setTimeout(resolve, 5)
    })
  }
}

const environment = { PATH: process.env['PATH'] ?? '' }

const startProgram = async (
  file: string,
  settings: Readonly<Record<string, string>>,
): Promise<{ readonly url: string; stop(): Promise<void> }> => {
  const port = await freePort()
  const child: ChildProcess = spawn(process.execPath, [file, String(port)], {
    env: { ...environment, ...settings },
    stdio: 'ignore',
  })
  const url = `http://127.0.0.1:${port}`
  await untilItAnswers(`${url}/health`)
  return {
    url,
    stop: async () => {
      const exited = once(child, 'exit')
      child.kill('SIGKILL')
      await exited
    },
  }
}

/** Does something with a provider of its own. */
export const withProgram = async (
  settings: Readonly<Record<string, string>>,
  work: (url: string) => Promise<void>,
): Promise<void> => {
  const provider = await startProgram(program, settings)
  try {
    await work(provider.url)
  } finally {
    await provider.stop()
  }
}

/** Starts the database server for it. */
export const openBare = async (
  custody: OpenCustody,
  root: string,
  file = program,
): Promise<Bare> => {
  const server = await openPostgres(custody, { version: undefined, root })
  const template = await server.template(database, { root, environment })
  return {
    start: async (name) => {
      const { url: databaseUrl } = await server.clone(template, name)
      const { url, stop } = await startProgram(file, { DATABASE_URL: databaseUrl })
      return {
        url,
        stop: async () => {
          await stop()
          await server.drop(name)
        },
      }
    },
    clone: async (name) => {
      await server.clone(template, name)
      await server.drop(name)
    },
    close: () => server.close(),
  }
}
