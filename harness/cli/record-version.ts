import { recordVersion, type VersionRecord } from '../broker/record-version.ts'
import { openLine, saidVersion, say } from './broker-line.ts'
import { onlyPacticipant } from './pacticipant.ts'

interface RecordOptions {
  readonly pacticipant?: string
  readonly version?: string
  readonly environment: string
  readonly applicationInstance?: string
}

const record = async (kind: VersionRecord['kind'], options: RecordOptions): Promise<void> => {
  await using line = await openLine()
  const pacticipant = options.pacticipant ?? onlyPacticipant(line.loaded)
  const version = await saidVersion(line.root, options)
  const { environment, applicationInstance: instance } = options
  await recordVersion(line.broker, {
    kind,
    pacticipant,
    version,
    environment,
    instance,
  })
  say([`recorded  the ${kind} of ${pacticipant} ${version} to ${environment}`])
}

/** `proofbook record-deployment`: a version has taken the place of the one before. */
export const recordDeployment = (options: RecordOptions): Promise<void> =>
  record('deployment', options)

/** `proofbook record-release`: a version can be used, beside those that were released before. */
export const recordRelease = (options: RecordOptions): Promise<void> => record('release', options)
