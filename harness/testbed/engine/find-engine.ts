import { readFile, stat } from 'node:fs/promises'
import { homedir, userInfo } from 'node:os'
import { join } from 'node:path'
import { formatEngineAddress, parseEngineAddress, type EngineAddress } from './address.ts'
import { askEngine, engineFailure } from './ask-engine.ts'

/** How long an engine may take to say that it is there. */
const withinMilliseconds = 2000

type Environment = Readonly<Record<string, string | undefined>>

/** An engine that answers. */
export interface FoundEngine {
  readonly address: EngineAddress
  /** Who named it: `DOCKER_HOST`. */
  readonly source: string
}

/** What came of the search: an engine, or for each place why there is none. */
export type EngineSearch = FoundEngine | { readonly reasons: readonly string[] }

interface Place {
  readonly source: string
  /** The address that it names, why it names none that can be used, or `undefined` for none. */
  readonly names: EngineAddress | string | undefined
}

/** Of `~/.testcontainers.properties`: `docker.host=unix:///…`. */
const propertiesIn = (text: string): Environment =>
  Object.fromEntries(
    [...text.matchAll(/^\s*([\w.]+)\s*[=:]\s*(.*?)\s*$/gm)].map(([, name, value]) => [name, value]),
  )

/** Where the person says that an engine is, in the order in which Testcontainers looks there. */
const namedPlaces = async (environment: Environment): Promise<readonly Place[]> => {
  const file = join(environment['HOME'] ?? homedir(), '.testcontainers.properties')
  const properties = propertiesIn(await readFile(file, 'utf8').catch(() => ''))
  const settings = {
    tlsVerify: environment['DOCKER_TLS_VERIFY'] ?? properties['docker.tls.verify'],
    certificates: environment['DOCKER_CERT_PATH'] ?? properties['docker.cert.path'],
  }
  const place = (source: string, text: string | undefined): Place => ({
    source,
    names: text === undefined || text === '' ? undefined : parseEngineAddress(text, settings),
  })
  return [
    place('tc.host in ~/.testcontainers.properties', properties['tc.host']),
    place('DOCKER_HOST', environment['DOCKER_HOST']),
    place('docker.host in ~/.testcontainers.properties', properties['docker.host']),
  ]
}

/** Where engines listen when nobody says anything. */
const usualSockets = (environment: Environment): readonly string[] => {
  if (process.platform === 'win32') return ['//./pipe/docker_engine']
  const home = environment['HOME'] ?? homedir()
  const runtime = environment['XDG_RUNTIME_DIR'] ?? `/run/user/${userInfo().uid}`
  return [
    '/var/run/docker.sock',
    join(runtime, 'docker.sock'),
    join(home, '.docker/run/docker.sock'),
    join(home, '.docker/desktop/docker.sock'),
  ]
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

/** Why an engine does not answer, or `undefined` where it does. */
const whyNot = async (address: EngineAddress): Promise<string | undefined> => {
  try {
    const { status } = await askEngine(address, { path: '/_ping', withinMilliseconds })
    return status === 200 ? undefined : `it answered ${status}`
  } catch (error) {
    return engineFailure(error)
  }
}

const tryAll = async (places: readonly Place[]): Promise<EngineSearch> => {
  const tried = await Promise.all(
    places.map(async ({ source, names }) => {
      if (names === undefined) return { reason: `${source} is not set` }
      if (typeof names === 'string') return { reason: `${source}: ${names}` }
      const reason = await whyNot(names)
      if (reason === undefined) return { found: { address: names, source } }
      const shown = formatEngineAddress(names)
      return { reason: source === shown ? `${shown}: ${reason}` : `${source}, ${shown}: ${reason}` }
    }),
  )
  const first = tried.find(({ found }) => found !== undefined)?.found
  return first ?? { reasons: tried.flatMap(({ reason }) => reason ?? []) }
}

/**
 * Looks for a container engine, for at most 2 s. What the person names is used or nothing: another
 * engine in its place would be a surprise. Only where nothing is named the usual sockets are tried.
 *
 * @example
 * await findEngine({ DOCKER_HOST: 'unix:///run/docker.sock' })
 * // { address: { socketPath: '/run/docker.sock' }, source: 'DOCKER_HOST' }
 */
export const findEngine = async (environment: Environment): Promise<EngineSearch> => {
  const named = await namedPlaces(environment)
  const given = named.find(({ names }) => names !== undefined)
  if (given !== undefined) return tryAll([given])
  const sockets = usualSockets(environment)
  const there = await Promise.all(sockets.map(isThere))
  const usual = await tryAll(
    sockets.flatMap((socketPath, index) => {
      const address = { socketPath }
      return there[index] === true ? [{ source: formatEngineAddress(address), names: address }] : []
    }),
  )
  if ('address' in usual) return usual
  const absent = sockets.filter((_, index) => there[index] !== true)
  return {
    reasons: [
      'DOCKER_HOST is not set',
      ...usual.reasons,
      ...(absent.length === 0 ? [] : [`there is no ${absent.join(', ')}`]),
    ],
  }
}
