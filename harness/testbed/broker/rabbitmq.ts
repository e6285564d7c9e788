import { randomBytes } from 'node:crypto'
import { realpath } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { Blocked } from '../../model/user-error.ts'
import type { Custody, Exit } from '../custody.ts'
import { findProgram } from '../find-program.ts'
import { installCommand, type Packages } from '../install-command.ts'
import { startRabbitmq, type RabbitmqProcess } from './rabbitmq-server.ts'

/** A virtual host of one testbed's own, with a user that sees nothing else. */
interface VirtualHost {
  readonly name: string
  readonly user: string
  readonly password: string
}

/** A real RabbitMQ, started for this run. */
export interface RabbitmqServer {
  /** `RabbitMQ 3.10.8` */
  readonly versionText: string
  readonly host: string
  readonly port: number
  failure(): Blocked | undefined
  /** Resolves when it has ended, never rejects. */
  readonly exited: Promise<Exit>
  /** The name must not be in use. */
  create(name: string): Promise<VirtualHost>
  /** Empties it: a new one under the same name, for the same user. Connections to it are ended. */
  renew(name: string): Promise<void>
  /** Takes it away with its queues and exchanges; connections that are still open are ended. */
  drop(name: string): Promise<void>
  close(): Promise<void>
}

/** What a RabbitMQ is looked for and started with. */
export interface RabbitmqServerOptions {
  readonly environment: Readonly<Record<string, string>>
  /** Where it is looked for beside the PATH; default: where servers usually lie. */
  readonly alsoIn?: readonly string[]
}

const packages: Packages = { debian: 'rabbitmq-server', arch: 'rabbitmq', darwin: 'rabbitmq' }

const withinMilliseconds = 30_000

/** The end of a process is known a little after its connections break. */
const endKnownWithinMilliseconds = 1000

const ended = ({ code, signal }: Exit, { owned }: RabbitmqProcess): Blocked =>
  new Blocked({
    problem: `RabbitMQ ended while it was needed (${signal ?? `exit status ${code}`}).`,
    fix: 'read its log, which follows, and run again',
    log: owned.log().slice(-15).join('\n'),
  })

/** Debian puts a script before it that wants to be root and changes the user. */
const scriptBehind = async (found: string): Promise<string> => {
  const real = await realpath(found)
  return basename(real) === 'rabbitmq-script-wrapper'
    ? join(dirname(real), 'rabbitmq-server')
    : found
}

const findRabbitmq = async ({ environment, alsoIn }: RabbitmqServerOptions): Promise<string> => {
  const found = await findProgram(['rabbitmq-server'], environment['PATH'], alsoIn)
  if (found !== undefined) return scriptBehind(found)
  throw new Blocked({
    problem: 'There is no rabbitmq-server on this machine.',
    expected: 'rabbitmq-server on the PATH, or in /usr/sbin',
    fix: await installCommand(packages),
  })
}

/** Asks the management plugin. */
const openManagement = (server: RabbitmqProcess, failure: () => Promise<Blocked | undefined>) => {
  const token = Buffer.from(`${server.user}:${server.password}`).toString('base64')
  const base = `http://${server.host}:${server.managementPort}/api`
  return async (method: string, path: string, body?: unknown): Promise<unknown> => {
    try {
      const answer = await fetch(`${base}${path}`, {
        method,
        signal: AbortSignal.timeout(withinMilliseconds),
        headers: { authorization: `Basic ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await answer.text()
      if (answer.ok) return text === '' ? undefined : JSON.parse(text)
      throw new Error(`it answered ${answer.status}: ${text}`)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw (
        (await failure()) ??
        new Blocked({ problem: `RabbitMQ refused ${method} ${path}: ${reason}.`, fix: 'run again' })
      )
    }
  }
}

/**
 * Starts a RabbitMQ for the run, in which each testbed has a virtual host of its own.
 *
 * Throws `Blocked` where there is none on this machine, with the command that installs it, and where
 * it does not start. Every method throws `Blocked` with the last log lines once it has ended.
 *
 * @example
 * const server = await openRabbitmq(custody, { environment: { PATH: '/usr/bin' } })
 * const { name, user, password } = await server.create('case-1')
 */
export const openRabbitmq = async (
  custody: Custody,
  options: RabbitmqServerOptions,
): Promise<RabbitmqServer> => {
  const program = await findRabbitmq(options)
  const server = await startRabbitmq(custody, { program, environment: options.environment })
  let failure: Blocked | undefined
  let closing = false
  void server.owned.exited.then((exit) => {
    if (!closing) failure = ended(exit, server)
    return failure
  })
  const failureSoon = async (): Promise<Blocked | undefined> => {
    const exit = await Promise.race([
      server.owned.exited,
      after(endKnownWithinMilliseconds, undefined, { ref: false }),
    ])
    return exit === undefined ? undefined : ended(exit, server)
  }
  const ask = openManagement(server, failureSoon)
  const open = async (name: string): Promise<void> => {
    await ask('PUT', `/vhosts/${name}`)
    await ask('PUT', `/permissions/${name}/${name}`, { configure: '.*', write: '.*', read: '.*' })
  }
  const close = (): Promise<void> => {
    closing = true
    return server.close()
  }
  try {
    const { rabbitmq_version: version } = (await ask('GET', '/overview')) as {
      readonly rabbitmq_version: string
    }
    return {
      versionText: `RabbitMQ ${version}`,
      host: server.host,
      port: server.port,
      failure: () => failure,
      exited: server.owned.exited,
      create: async (name) => {
        const password = randomBytes(18).toString('base64url')
        await ask('PUT', `/users/${name}`, { password, tags: '' })
        await open(name)
        return { name, user: name, password }
      },
      renew: async (name) => {
        await ask('DELETE', `/vhosts/${name}`)
        await open(name)
      },
      drop: async (name) => {
        await ask('DELETE', `/users/${name}`)
        await ask('DELETE', `/vhosts/${name}`)
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
