import { join } from 'node:path'
import { Blocked } from '../../model/user-error.ts'
import { cachedJre, fetchJre, type Download, type FetchOptions } from './fetch-jre.ts'
import { installCommand } from '../install-command.ts'
import { javaPackages } from './java-packages.ts'
import { javaMajorMin, parseJavaVersion, type JavaVersion } from './java-version.ts'
import { pinnedJre, type PinnedJre } from './pinned-jre.ts'

/** A Java that stubs can run on. */
export interface Java {
  /** Path or name of the program. */
  readonly command: string
  /** `17.0.15` */
  readonly versionText: string
  /** What the user should be told: that a JRE was fetched, and what forbids it. */
  readonly notices: readonly string[]
}

/** Where a Java may come from. */
export interface JavaOptions extends FetchOptions {
  /** `false` forbids fetching one; so does PROOFBOOK_JAVA_DOWNLOAD=0. Default: allowed. */
  readonly download?: boolean | undefined
  /** How one is fetched; only tests name another way. */
  readonly downloadWith?: Download
}

const withinMilliseconds = 20_000

const versionOf = async (
  command: string,
  { custody, environment }: JavaOptions,
): Promise<JavaVersion | undefined> => {
  try {
    const owned = await custody.spawn(command, ['-version'], { environment })
    const timer = setTimeout(() => void owned.stop(), withinMilliseconds)
    await owned.exited
    clearTimeout(timer)
    return parseJavaVersion(owned.log())
  } catch (error) {
    // Not there, or no program: a reason among others, not an end.
    if (error instanceof Blocked) return undefined
    throw error
  }
}

/** Looks at one place; says why not in `reasons`. */
const tried = async (
  place: string,
  command: string,
  options: JavaOptions,
  reasons: string[],
): Promise<Java | undefined> => {
  const version = await versionOf(command, options)
  if (version !== undefined && version.major >= javaMajorMin)
    return { command, versionText: version.text, notices: [] }
  reasons.push(
    version === undefined ? `${place} has none` : `${place} has Java ${version.text}, too old`,
  )
  return undefined
}

const mayDownload = ({ download, environment }: JavaOptions): boolean =>
  download !== false && environment.PROOFBOOK_JAVA_DOWNLOAD !== '0'

const fetched = async (
  jre: PinnedJre,
  options: JavaOptions,
  reasons: string[],
): Promise<Java | undefined> => {
  if (!mayDownload(options)) {
    reasons.push('fetching a JRE is forbidden (java.download or PROOFBOOK_JAVA_DOWNLOAD=0)')
    return undefined
  }
  try {
    const program = await fetchJre(jre, options, options.downloadWith)
    const java = await tried('the fetched JRE', program, options, reasons)
    const notice = `No Java on this machine: Eclipse Temurin JRE ${jre.version} was fetched once to ${program} (PROOFBOOK_JAVA_DOWNLOAD=0 forbids it).`
    return java === undefined ? undefined : { ...java, notices: [notice] }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    reasons.push(`a JRE could not be fetched: ${reason}`)
    return undefined
  }
}

const missing = async (reasons: readonly string[]): Promise<Blocked> =>
  new Blocked({
    problem: `Stubs need Java ${javaMajorMin} or newer, and there is none: ${reasons.join('; ')}.`,
    expected: `Java ${javaMajorMin} or newer in JAVA_HOME or on the PATH, or a network from which a JRE can be fetched`,
    fix: await installCommand(javaPackages),
  })

/**
 * Finds a Java: in JAVA_HOME, on the PATH, in the user's cache; and else fetches a pinned JRE into
 * that cache once.
 *
 * Throws `Blocked` with each place's reason and the one command that mends it.
 *
 * @example
 * const { command } = await findJava({ custody, environment: process.env })
 */
export const findJava = async (options: JavaOptions): Promise<Java> => {
  const reasons: string[] = []
  const home = options.environment.JAVA_HOME
  const jre = pinnedJre()
  const cached = jre === undefined ? undefined : await cachedJre(jre, options.environment)
  return (
    (home === undefined || home === ''
      ? undefined
      : await tried('JAVA_HOME', join(home, 'bin', 'java'), options, reasons)) ??
    (await tried('the PATH', 'java', options, reasons)) ??
    (cached === undefined ? undefined : await tried('the cache', cached, options, reasons)) ??
    (jre === undefined ? undefined : await fetched(jre, options, reasons)) ??
    Promise.reject(await missing(reasons))
  )
}
