import type { PostgresConfig, ValidConfig } from '../../config/schema.ts'
import { Blocked } from '../../model/user-error.ts'
import type { Exit } from '../custody.ts'
import type { ContainerCustody, Containers } from '../containers/containers.ts'
import type { PostgresServer } from '../database/postgres.ts'
import { basicEnvironment } from '../provider/environment.ts'
import type { StubServers } from '../stub/stub-servers.ts'
import type { Runtime } from './choose-runtime.ts'
import { openClosers } from './closers.ts'

/** The servers of a run that all testbeds share, each started when the first testbed needs it. */
export interface Services {
  /** Throws `Blocked` where that version, or that image, cannot be had. */
  postgres(version: PostgresConfig['version'], image?: string): Promise<PostgresServer>
  /** Throws `Blocked` where there is no Java, or the image cannot be had. */
  stubs(image?: string): Promise<StubServers>
  /** Throws `Blocked` with the reason where dependencies are processes. */
  containers(): Promise<Containers>
  /** What a provider is started in that can be started either way. */
  readonly startsProvidersIn: Runtime['kind']
  /** What the person should be told of them: that a JRE was fetched. */
  notices(): readonly string[]
  close(): Promise<readonly Error[]>
}

interface Closable {
  /** What it is, for whoever is told that it has ended. */
  readonly versionText: string
  readonly madeOf: string
  /** Resolves when it has ended. */
  readonly exited?: Promise<Exit>
  close(): Promise<void>
}

const lossOf = ({ versionText, madeOf }: Closable, { code, signal }: Exit): string =>
  `${versionText}, ${madeOf}, ended in the middle of the run (${signal ?? `exit status ${code ?? 'unknown'}`}): what used it then is lost, later testbeds get a new one.`

/** What a search for Java, a download and a proxy on the way depend on. */
const javaSettings = [
  'JAVA_HOME',
  'XDG_CACHE_HOME',
  'PROOFBOOK_JAVA_DOWNLOAD',
  'NODE_EXTRA_CA_CERTS',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
]

/** What the shared servers of a run are opened with. */
export interface ServicesOptions {
  readonly root: string
  readonly runtime: Runtime
  readonly java: ValidConfig['java']
  /** The most stubs that there ever are at the same time. */
  readonly stubsAtOnce: number
  readonly inherited: Readonly<Record<string, string | undefined>>
}

/** What the command line tool that builds images goes by, beside the engine. */
const dockerSettings = ['DOCKER_CONFIG', 'DOCKER_BUILDKIT', 'SSH_AUTH_SOCK', 'XDG_RUNTIME_DIR']

const noContainers = (reason: string): Blocked =>
  new Blocked({
    problem: `This needs containers, and dependencies are processes here: ${reason}.`,
    fix: 'start Docker and take the runtime "containers" or "auto"',
  })

/**
 * The servers of a run, as processes of this machine or in containers. Their code is loaded with the
 * first lease too.
 */
export const openServices = (
  custody: ContainerCustody,
  { root, runtime, java, stubsAtOnce, inherited }: ServicesOptions,
): Services => {
  let stubServers: StubServers | undefined
  let closing = false
  const losses: string[] = []
  let harbour: Promise<Containers> | undefined
  const closers = openClosers()
  const started = new Map<string, Promise<Closable>>()

  /** Starts a server once, however many testbeds ask for it at the same time. */
  const once = <Server extends Closable>(
    name: string,
    open: () => Promise<Server>,
  ): Promise<Server> => {
    const known = started.get(name) as Promise<Server> | undefined
    if (known !== undefined) return known
    const server = open()
    started.set(name, server)
    // One that has ended, or did not start, is tried again for the next testbed that needs it.
    const forget = (): void => {
      if (started.get(name) === server) started.delete(name)
    }
    const watch = async (): Promise<void> => {
      const running = await server
      const exit = await running.exited
      if (exit === undefined || closing) return
      losses.push(lossOf(running, exit))
      forget()
    }
    watch().catch(forget)
    // One that did not start has nothing to close, and told whoever asked for it.
    const close = async (): Promise<void> => (await server.catch(() => undefined))?.close()
    closers.add(name, close)
    return server
  }

  const containers = (): Promise<Containers> => {
    if (runtime.kind === 'processes') return Promise.reject(noContainers(runtime.reason))
    const { engine } = runtime
    harbour ??= import('../containers/containers.ts').then(({ openContainers }) =>
      openContainers(custody, {
        root,
        engine,
        environment: basicEnvironment(inherited, dockerSettings),
        mayPull: inherited['PROOFBOOK_PULL'] !== 'never',
      }),
    )
    return harbour
  }

  const postgres: Services['postgres'] = (version, image) =>
    once(`PostgreSQL ${image ?? version ?? ''}`, async () => {
      if (runtime.kind === 'containers') {
        const { openPostgresContainer } = await import('../containers/postgres-container.ts')
        return openPostgresContainer(custody, await containers(), {
          version,
          image,
          root,
          reuse: inherited['TESTCONTAINERS_REUSE_ENABLE'] === 'true',
        })
      }
      const { openPostgres } = await import('../database/postgres.ts')
      return openPostgres(custody, { version, root })
    })

  const stubs: Services['stubs'] = (image) =>
    once(`the stubs ${image ?? ''}`, async () => {
      if (runtime.kind === 'containers') {
        const { openStubContainers } = await import('../containers/stub-containers.ts')
        stubServers = await openStubContainers(await containers(), {
          image,
          root,
          count: stubsAtOnce,
        })
        return stubServers
      }
      const { openStubServers } = await import('../stub/stub-servers.ts')
      stubServers = await openStubServers(custody, {
        root,
        java: java ?? {},
        count: stubsAtOnce,
        environment: basicEnvironment(inherited, javaSettings),
      })
      return stubServers
    })

  return {
    postgres,
    stubs,
    containers,
    startsProvidersIn: runtime.kind,
    notices: () => [...(stubServers?.notices ?? []), ...losses],
    close: () => {
      closing = true
      return closers.close()
    },
  }
}
