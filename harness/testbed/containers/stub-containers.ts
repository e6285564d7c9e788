import type { WiremockConfig } from '../../config/schema.ts'
import { look } from '../provider/probe.ts'
import { stubAdmin } from '../stub/stub-admin.ts'
import { watchForFailure, type StubServer } from '../stub/stub-server.ts'
import { leaseStubServers, type StubServers } from '../stub/stub-servers.ts'
import { warmUp } from '../stub/warm-up.ts'
import { waitUntil } from '../wait-until.ts'
import type { Containers } from './containers.ts'

/** The version that the processes run as well. */
const defaultStubImage = 'wiremock/wiremock:3.13.2'

const port = 8080
const within = '60s'

const startStubContainer = async (containers: Containers, image: string): Promise<StubServer> => {
  const title = `WireMock (container ${image})`
  const owned = await containers.run({
    title,
    image,
    port,
    environment: {
      // Quick to start rather than quick for long: a stub lives for minutes.
      JAVA_OPTS: '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m -XX:+ExitOnOutOfMemoryError',
    },
    command: ['--disable-banner'],
  })
  const { host } = owned
  try {
    await waitUntil(owned, {
      title,
      expected: `GET http://${host}:${owned.port}/__admin/mappings answers 2xx`,
      within,
      fixes: {
        ended: 'its last lines say why; the image must be one that is made from the official one',
        late: 'see its last lines, and whether the machine has memory to spare',
      },
      look: () => look(owned.port, '/__admin/mappings', [host]),
    })
  } catch (error) {
    await owned.stop()
    throw error
  }
  const url = `http://${host}:${owned.port}`
  const admin = stubAdmin(url)
  await warmUp(url, admin)
  const { failure, ending } = watchForFailure(owned)
  return {
    host,
    port: owned.port,
    url,
    inside: owned.inside,
    admin,
    emptyFiles: () => admin.emptyFiles(),
    failure,
    close: async () => {
      ending()
      await owned.stop()
    },
  }
}

/** How many there may be, and in which image. */
export interface StubContainersOptions extends Pick<WiremockConfig, 'image'> {
  readonly root: string
  readonly count: number
}

/**
 * Stub servers in containers, leased like those that are processes. The first is started at once,
 * since it alone says which version it is.
 *
 * Throws `Blocked` where the image cannot be had or does not start.
 */
export const openStubContainers = async (
  containers: Containers,
  { image = defaultStubImage, root, count }: StubContainersOptions,
): Promise<StubServers> => {
  let first: StubServer | undefined = await startStubContainer(containers, image)
  const version = await first.admin.version().catch(() => undefined)
  return leaseStubServers({
    root,
    count,
    versionText: version === undefined ? 'WireMock' : `WireMock ${version}`,
    madeOf: `a stub in a container ${image}`,
    notices: [],
    start: () => {
      const ready = first
      first = undefined
      return ready === undefined ? startStubContainer(containers, image) : Promise.resolve(ready)
    },
  })
}
