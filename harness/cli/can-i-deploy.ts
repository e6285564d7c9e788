import { canIDeploy } from '../broker/can-i-deploy.ts'
import { readOutbox } from '../broker/outbox.ts'
import { openLine, saidVersion, say } from './broker-line.ts'
import { onlyPacticipant } from './pacticipant.ts'

interface DeployOptions {
  readonly pacticipant?: string
  readonly version?: string
  readonly toEnvironment: string
}

/**
 * `proofbook can-i-deploy`: whether the broker knows that a version works with what is in an
 * environment, with a reason for everything that it does not know. Exits with 1 unless it does.
 */
export const canIDeployCommand = async (options: DeployOptions): Promise<void> => {
  await using line = await openLine()
  const pacticipant = options.pacticipant ?? onlyPacticipant(line.loaded)
  const version = await saidVersion(line.root, options)
  const question = { pacticipant, version, environment: options.toEnvironment }
  const { deployable, reason, lines } = await canIDeploy(
    line.broker,
    question,
    await readOutbox(line.root),
  )
  const verdict = deployable === true ? 'yes' : deployable === false ? 'no' : 'unknown'
  say([
    ...lines,
    `${verdict}: ${pacticipant} ${version} to ${options.toEnvironment}${reason === '' ? '' : `\n${reason}`}`,
  ])
  if (deployable !== true) process.exitCode = 1
}
