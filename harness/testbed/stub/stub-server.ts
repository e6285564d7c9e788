import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Blocked } from '../../model/user-error.ts'
import type { Custody } from '../custody.ts'
import type { Java } from '../java/find-java.ts'
import { waitForLine } from '../wait-for-line.ts'
import type { Watched } from '../wait-until.ts'
import { stubAdmin, type StubAdmin } from './stub-admin.ts'
import { warmUp } from './warm-up.ts'
import type { WiremockJar } from './wiremock-jar.ts'

/** One WireMock, used by one testbed after the other. */
export interface StubServer {
  readonly host: string
  readonly port: number
  readonly url: string
  /** Where containers of the same engine find it, if it runs in one. */
  readonly inside?: { readonly host: string; readonly port: number }
  readonly admin: StubAdmin
  /** Takes away the files that a testbed has sent it: they are no mappings, so no reset does. */
  emptyFiles(): Promise<void>
  /** Why it cannot be used any more, if that is so. */
  failure(): Blocked | undefined
  close(): Promise<void>
}

const host = '127.0.0.1'
const withinMilliseconds = 60_000

/** Quick to start rather than quick for long: a stub lives for minutes. */
const javaFlags = [
  '-XX:TieredStopAtLevel=1',
  '-XX:+UseSerialGC',
  '-Xmx256m',
  // A stub without memory answers late or wrong: better none.
  '-XX:+ExitOnOutOfMemoryError',
]

/** What a stub server is started with. */
export interface StubServerOptions {
  readonly custody: Custody
  readonly java: Java
  readonly jar: WiremockJar
  readonly environment: Readonly<Record<string, string>>
}

const lastLines = (lines: readonly string[]): string => lines.slice(-15).join('\n')

/** Notes the end of a stub server that nobody has asked for. */
export const watchForFailure = (
  owned: Watched,
): { readonly failure: StubServer['failure']; readonly ending: () => void } => {
  let failure: Blocked | undefined
  let closing = false
  void owned.exited.then(({ code, signal }) => {
    if (closing) return undefined
    failure = new Blocked({
      problem: `A stub server ended while it was needed (${signal ?? `exit status ${code}`}).`,
      fix: 'read its log, which follows; the next testbed gets a new one',
      log: lastLines(owned.log()),
    })
    return failure
  })
  return {
    failure: () => failure,
    ending: () => {
      closing = true
    },
  }
}

/**
 * Starts a WireMock without mappings on a port that nobody chose, reachable from this machine only.
 *
 * Throws `Blocked` with the last lines of its log where it does not start.
 */
export const startStubServer = async ({
  custody,
  java,
  jar,
  environment,
}: StubServerOptions): Promise<StubServer> => {
  const folder = await mkdtemp(join(custody.folder, 'wiremock-'))
  const options = ['--port', '0', '--bind-address', host, '--disable-banner']
  const owned = await custody.spawn(
    java.command,
    [...javaFlags, '-jar', jar.path, ...options, '--root-dir', folder],
    { environment },
  )
  const line = await waitForLine(owned, /^port:\s+(\d+)/, withinMilliseconds)
  if (typeof line === 'string') {
    await owned.stop()
    throw new Blocked({
      problem: `WireMock did not start: ${line === 'late' ? 'it named no port within 60 s' : 'it ended'}.`,
      fix: 'read its log, which follows',
      log: lastLines(owned.log()),
    })
  }
  const { failure, ending } = watchForFailure(owned)
  const port = Number(line[1])
  const url = `http://${host}:${port}`
  const admin = stubAdmin(url)
  await warmUp(url, admin)
  return {
    host,
    port,
    url,
    admin,
    emptyFiles: async () => {
      const files = join(folder, '__files')
      await rm(files, { recursive: true, force: true })
      await mkdir(files)
    },
    failure,
    close: async () => {
      ending()
      await owned.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
