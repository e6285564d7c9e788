import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { Blocked } from '../../model/user-error.ts'
import { formatEngineAddress, type EngineAddress } from './address.ts'
import { askEngine, engineFailure, engineMessage } from './ask-engine.ts'
import type { FoundEngine } from './find-engine.ts'

/** How containers reach what listens on our machine. */
export interface LinkAddress {
  /** The address that links listen on, never all of them. */
  readonly listen: string
  /** The name under which a container reaches it. */
  readonly host: string
}

/** How we and an engine's containers reach each other. */
export interface Reach {
  /** Where published ports are found. */
  readonly host: string
  /** The address of the engine's machine that ports are published on; absent: all of them. */
  readonly publishOn?: string
  /** Or why a container cannot reach a link. */
  readonly links: LinkAddress | { readonly blocked: string }
  /** Whether a container's own address can be reached from here. */
  readonly bridged: boolean
}

/** An engine that answers, and how to get along with it. */
export interface Engine extends Reach {
  readonly address: EngineAddress
  /** As `DOCKER_HOST` holds it. */
  readonly uri: string
  readonly source: string
  /** `Docker 28.2.2` */
  readonly versionText: string
}

/** What the way between us and an engine depends on. */
export interface Surroundings {
  readonly address: EngineAddress
  /** As the engine calls it: `Docker Desktop`, `Debian GNU/Linux 12 (bookworm)`. */
  readonly operatingSystem: string
  /** Of the engine's bridge. */
  readonly gateway: string | undefined
  /** Whether that is an address of this machine. */
  readonly isOurs: boolean
  readonly platform: string
  /** Whether we are in a container ourselves. */
  readonly contained: boolean
  /** What the person says where ports are found: TESTCONTAINERS_HOST_OVERRIDE. */
  readonly override: string | undefined
}

/** The name that containers have for their host. */
const hostName = 'host.docker.internal'
const loopback = '127.0.0.1'

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || host.startsWith('127.')

/**
 * How we and an engine's containers reach each other. Pure.
 *
 * @example
 * reachOf({ address: { host: 'build-7', port: 2376 }, ... }).links // { blocked: 'the engine is on another machine, build-7, …' }
 */
export const reachOf = (surroundings: Surroundings): Reach => {
  const { address, operatingSystem, gateway, isOurs, platform, contained, override } = surroundings
  if ('host' in address && !isLoopback(address.host))
    return {
      host: override ?? address.host,
      links: {
        blocked: `the engine is on another machine, ${address.host}, whose containers reach no link of this one`,
      },
      bridged: false,
    }
  // In a virtual machine that forwards this machine's loopback address.
  if (operatingSystem === 'Docker Desktop' || platform !== 'linux')
    return {
      host: override ?? loopback,
      publishOn: loopback,
      links: { listen: loopback, host: hostName },
      bridged: false,
    }
  if (gateway !== undefined && isOurs)
    return {
      host: override ?? loopback,
      publishOn: loopback,
      links: { listen: gateway, host: hostName },
      bridged: true,
    }
  return {
    host: override ?? (contained ? gateway : undefined) ?? loopback,
    ...(contained || override !== undefined ? {} : { publishOn: loopback }),
    links: {
      blocked: `the engine's bridge, ${gateway ?? 'which has no gateway'}, is no address of this machine, so its containers reach no link`,
    },
    bridged: false,
  }
}

const detailsMilliseconds = 10_000

const ask = async (address: EngineAddress, path: string): Promise<Record<string, unknown>> => {
  const answer = await askEngine(address, { path, withinMilliseconds: detailsMilliseconds })
  if (answer.status !== 200) throw new Error(`${path}: ${engineMessage(answer)}`)
  return JSON.parse(answer.text) as Record<string, unknown>
}

interface Bridge {
  readonly IPAM?: {
    readonly Config?: readonly { readonly Gateway?: string; readonly Subnet?: string }[]
  }
}

/** An engine that has never been restarted may name the subnet alone; its first address is taken. */
const gatewayOf = async (address: EngineAddress): Promise<string | undefined> => {
  const { IPAM }: Bridge = await ask(address, '/networks/bridge').catch(() => ({}))
  const [named] = (IPAM?.Config ?? []).flatMap(({ Gateway = '', Subnet = '' }) => {
    if (Gateway !== '') return [Gateway]
    const [, start] = /^(\d+\.\d+\.\d+)\.0\//.exec(Subnet) ?? []
    return start === undefined ? [] : [`${start}.1`]
  })
  return named
}

/** A bridge without containers is down, so that no list of addresses has its own: it is tried. */
const isAddressOfOurs = async (host: string | undefined): Promise<boolean> => {
  if (host === undefined) return false
  const server = createServer()
  try {
    server.listen({ host, port: 0 })
    await once(server, 'listening')
    return true
  } catch {
    return false
  } finally {
    server.close()
  }
}

const isContained = (): Promise<boolean> =>
  Promise.any(['/.dockerenv', '/run/.containerenv'].map((path) => stat(path))).then(
    () => true,
    () => false,
  )

/**
 * Gets to know an engine. Throws `Blocked` where it does not say what it is.
 *
 * @example
 * const engine = await describeEngine({ address: { socketPath: '/run/docker.sock' }, source: 'DOCKER_HOST' }, process.env)
 */
export const describeEngine = async (
  { address, source }: FoundEngine,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Engine> => {
  try {
    const [info, gateway, contained] = await Promise.all([
      ask(address, '/info'),
      gatewayOf(address),
      isContained(),
    ])
    const reach = reachOf({
      address,
      operatingSystem: String(info['OperatingSystem']),
      gateway,
      isOurs: await isAddressOfOurs(gateway),
      platform: process.platform,
      contained,
      override: environment['TESTCONTAINERS_HOST_OVERRIDE'],
    })
    return {
      ...reach,
      address,
      uri: formatEngineAddress(address),
      source,
      versionText: `Docker ${String(info['ServerVersion'])}`,
    }
  } catch (error) {
    throw new Blocked({
      problem: `The container engine at ${formatEngineAddress(address)} does not say what it is: ${engineFailure(error)}.`,
      fix: 'see whether "docker info" works',
    })
  }
}
