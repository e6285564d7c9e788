import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Blocked } from '../../model/user-error.ts'
import type { Custody, OwnedProcess } from '../custody.ts'
import { freePort } from '../provider/free-port.ts'
import { waitForLine } from '../wait-for-line.ts'

/** A RabbitMQ that takes connections. */
export interface RabbitmqProcess {
  readonly host: string
  /** Of AMQP. */
  readonly port: number
  /** Of the management plugin, over HTTP. */
  readonly managementPort: number
  readonly user: string
  readonly password: string
  readonly owned: OwnedProcess
  close(): Promise<void>
}

const host = '127.0.0.1'
const user = 'proofbook'

/** Erlang and the plugins take seconds to load on a busy machine. */
const withinMilliseconds = 120_000
const portsTried = 3

interface Ports {
  readonly amqp: number
  readonly management: number
  readonly distribution: number
  readonly names: number
}

const choosePorts = async (): Promise<Ports> => {
  const chosen = new Set<number>()
  while (chosen.size < 4) chosen.add(await freePort())
  const [amqp = 0, management = 0, distribution = 0, names = 0] = chosen
  return { amqp, management, distribution, names }
}

const configText = ({ amqp, management }: Ports, password: string): string =>
  [
    `listeners.tcp.1 = ${host}:${amqp}`,
    `management.tcp.ip = ${host}`,
    `management.tcp.port = ${management}`,
    `default_user = ${user}`,
    `default_pass = ${password}`,
    'log.console = true',
    'log.console.level = info',
    'log.file = false',
    // The run's folder is in memory: its size says nothing about the room on a disk.
    'disk_free_limit.absolute = 50MB',
    'collect_statistics_interval = 60000',
    '',
  ].join('\n')

/** Two schedulers that do not spin: the cores belong to providers and cases. */
const erlangFlags = '+S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none'

const writeFiles = async (folder: string, ports: Ports, password: string): Promise<void> => {
  await writeFile(join(folder, 'rabbitmq.conf'), configText(ports, password), { mode: 0o600 })
  await writeFile(join(folder, 'enabled_plugins'), '[rabbitmq_management].\n')
  await writeFile(join(folder, 'environment.conf'), '')
}

const environmentOf = (
  folder: string,
  { distribution, names }: Ports,
  inherited: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> => ({
  ...inherited,
  // Erlang keeps its cookie there: ours is not that of the user's own nodes.
  HOME: folder,
  RABBITMQ_NODENAME: 'proofbook@localhost',
  RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
  RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'),
  RABBITMQ_CONF_ENV_FILE: join(folder, 'environment.conf'),
  RABBITMQ_MNESIA_BASE: join(folder, 'data'),
  RABBITMQ_LOG_BASE: join(folder, 'log'),
  RABBITMQ_DIST_PORT: String(distribution),
  RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: `${erlangFlags} -kernel inet_dist_use_interface {127,0,0,1}`,
  ERL_EPMD_PORT: String(names),
  ERL_EPMD_ADDRESS: host,
})

const lastLines = (owned: OwnedProcess): string => owned.log().slice(-20).join('\n')

const taken = (owned: OwnedProcess): boolean =>
  owned.log().some((line) => /eaddrinuse|address already in use/i.test(line))

/** What a RabbitMQ is started with. */
export interface RabbitmqOptions {
  /** Absolute path of the script that starts it. */
  readonly program: string
  readonly environment: Readonly<Record<string, string>>
}

const attempt = async (
  custody: Custody,
  { program, environment }: RabbitmqOptions,
): Promise<RabbitmqProcess | 'ports taken'> => {
  const folder = await mkdtemp(join(custody.folder, 'rabbitmq-'))
  const ports = await choosePorts()
  const password = randomBytes(18).toString('base64url')
  await writeFiles(folder, ports, password)
  const options = {
    cwd: folder,
    environment: environmentOf(folder, ports, environment),
    // The data is thrown away, and an end in order takes seconds.
    stopSignal: 'SIGKILL',
  } as const
  // Erlang would start one by itself, as a daemon that outlives it.
  const names = await custody.spawn(
    'epmd',
    ['-port', String(ports.names), '-address', host],
    options,
  )
  const owned = await custody.spawn(program, [], options)
  const close = async (): Promise<void> => {
    await owned.stop()
    await names.stop()
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
  const line = await waitForLine(owned, /Server startup complete/, withinMilliseconds)
  if (typeof line !== 'string')
    return {
      host,
      port: ports.amqp,
      managementPort: ports.management,
      user,
      password,
      owned,
      close,
    }
  await close()
  if (line === 'exited' && taken(owned)) return 'ports taken'
  throw new Blocked({
    problem: `RabbitMQ did not start: ${line === 'late' ? 'it was not ready within 120 s' : 'it ended'}.`,
    fix: 'read its log, which follows',
    log: lastLines(owned),
  })
}

/**
 * Starts a RabbitMQ of its own for the run, with the management plugin, on ports that nobody chose,
 * reachable from this machine only.
 *
 * Throws `Blocked` with the last lines of its log where it does not start.
 */
export const startRabbitmq = async (
  custody: Custody,
  options: RabbitmqOptions,
): Promise<RabbitmqProcess> => {
  for (let tried = 1; tried <= portsTried; tried += 1) {
    const started = await attempt(custody, options)
    if (started !== 'ports taken') return started
  }
  throw new Blocked({
    problem: `RabbitMQ did not start: its ports were taken ${portsTried} times.`,
    fix: 'run again',
  })
}
