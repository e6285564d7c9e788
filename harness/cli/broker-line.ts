import { openBroker, type Broker } from '../broker/client.ts'
import { gitState } from '../broker/git.ts'
import { revisionLines, revisionOf, type Revision, type RevisionFlags } from '../broker/revision.ts'
import { brokerSettings } from '../broker/settings.ts'
import { loadConfigIfAny, type LoadedConfig } from '../config/load.ts'

/** A broker for a command: what the configuration or the environment says of it. */
export interface BrokerLine extends AsyncDisposable {
  readonly root: string
  readonly loaded: LoadedConfig | undefined
  readonly broker: Broker
}

/** Writes lines as commands do, one space before each. */
export const say = (lines: readonly string[]): void => {
  process.stdout.write(lines.map((line) => ` ${line.replaceAll('\n', '\n ')}\n`).join(''))
}

/**
 * Opens the broker for a command in the working folder; a configuration is not needed.
 *
 * Throws a `UserError` where nobody says where the broker is.
 */
export const openLine = async (): Promise<BrokerLine> => {
  const root = process.cwd()
  const loaded = await loadConfigIfAny(root)
  const broker = openBroker(brokerSettings(loaded?.config.broker, process.env, root))
  return { root, loaded, broker, [Symbol.asyncDispose]: () => broker[Symbol.asyncDispose]() }
}

/** The version that something is asked or recorded of, and says it. */
export const saidVersion = async (root: string, flags: RevisionFlags): Promise<string> => {
  const { version } = revisionOf(flags, process.env, await gitState(root))
  say(revisionLines({ version }).slice(0, 1))
  return version.value
}

/** The version, branch and build that something is published under, and says them. */
export const saidRevision = async (root: string, flags: RevisionFlags): Promise<Revision> => {
  const revision = revisionOf(flags, process.env, await gitState(root))
  say(revisionLines(revision))
  return revision
}
