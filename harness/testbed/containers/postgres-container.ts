import { createHash, randomBytes } from 'node:crypto'
import { Client } from 'pg'
import type { PostgresConfig } from '../../config/schema.ts'
import { defaultMajor } from '../database/binaries.ts'
import { connectionTo, type ServerAddress } from '../database/connection.ts'
import { openDatabases, type PostgresServer } from '../database/postgres.ts'
import { serverSettings, settingOptions } from '../database/server-settings.ts'
import { openSharedPlace } from '../database/shared-server.ts'
import type { Look } from '../provider/probe.ts'
import { waitUntil } from '../wait-until.ts'
import type { ContainerCustody, Containers } from './containers.ts'
import type { OwnedContainer } from './owned-container.ts'

const port = 5432
const user = 'postgres'
const within = '60s'

/** Not the image's own: under that it declares a volume, which would lie on disk. */
const memory = '/proofbook'

const lookMilliseconds = 2000

/** An engine that is restarted says what became of its containers only when it is back. */
const endKnownWithinMilliseconds = 30_000

/** Answers a query: the image starts its server twice, and only the second one takes connections. */
const look = async (address: ServerAddress): Promise<Look> => {
  const client = new Client({
    connectionString: connectionTo(address, 'postgres').url,
    connectionTimeoutMillis: lookMilliseconds,
    query_timeout: lookMilliseconds,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('SELECT 1')
    return { host: address.host }
  } catch (error) {
    return { problem: error instanceof Error && error.message !== '' ? error.message : 'no answer' }
  } finally {
    await client.end().catch(() => {})
  }
}

const untilReady = async (owned: OwnedContainer, address: ServerAddress, title: string) => {
  try {
    await waitUntil(owned, {
      title,
      expected: 'it answers a query',
      within,
      fixes: {
        ended: 'its last lines say why; the image must be one that is made from the official one',
        late: 'see its last lines, and whether the machine has memory to spare',
      },
      look: () => look(address),
    })
  } catch (error) {
    await owned.stop()
    throw error
  }
}

/** One that is used again must be found again, so its password is that of the project. */
const passwordFor = (root: string, reuse: boolean): string =>
  reuse
    ? createHash('sha256').update(`proofbook ${root}`).digest('base64url')
    : randomBytes(18).toString('base64url')

/** Which PostgreSQL, in which image. */
export interface PostgresContainerOptions extends Pick<PostgresConfig, 'version' | 'image'> {
  readonly root: string
  /** Leave it for the next run, and use the one that an earlier run has left. */
  readonly reuse: boolean
}

/**
 * Starts the PostgreSQL of a run in a container, with its data in memory.
 *
 * Throws `Blocked` where the image cannot be had, it does not start or is not of the version that the
 * config asks for. Every method throws `Blocked` with the last log lines once it has ended.
 *
 * @example
 * const server = await openPostgresContainer(custody, containers, { version: 17, root, reuse: false })
 */
export const openPostgresContainer = async (
  custody: ContainerCustody,
  containers: Containers,
  { version, image, root, reuse }: PostgresContainerOptions,
): Promise<PostgresServer> => {
  const name = image ?? `postgres:${version ?? defaultMajor}`
  const title = `PostgreSQL (container ${name})`
  const password = passwordFor(root, reuse)
  const owned = await containers.run({
    title,
    image: name,
    port,
    environment: {
      POSTGRES_USER: user,
      POSTGRES_PASSWORD: password,
      POSTGRES_INITDB_ARGS: '--no-sync --locale=C --encoding=UTF8',
      PGDATA: `${memory}/data`,
    },
    command: [
      'postgres',
      ...settingOptions({ ...serverSettings, dynamic_shared_memory_type: 'mmap' }),
    ],
    inMemory: memory,
    reuse,
  })
  const address = { host: owned.host, port: owned.port, user, password }
  await untilReady(owned, address, title)
  const place = reuse ? await openSharedPlace(address, custody.runId) : undefined
  return openDatabases({
    custody,
    watched: owned,
    address,
    major: image === undefined ? (version ?? defaultMajor) : version,
    madeOf: `container ${name}`,
    inside: owned.inside,
    endKnownWithinMilliseconds,
    ...(place === undefined ? {} : { place }),
    close: () => owned.stop(),
  })
}
