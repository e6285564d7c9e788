import { z } from 'zod'
import { BrokerError } from './broker-error.ts'
import type { Broker } from './client.ts'
import { findLink, linkOf, linksOf } from './hal.ts'
import { notTaken } from './taken.ts'
import { unknownEnvironment } from './unknown-environment.ts'

/** A version that came to an environment. */
export interface VersionRecord {
  /** A deployment takes the place of the one before; releases live beside each other. */
  readonly kind: 'deployment' | 'release'
  readonly pacticipant: string
  readonly version: string
  readonly environment: string
  /** Which of several instances of an application in one environment; of deployments only. */
  readonly instance?: string | undefined
}

const written = z.looseObject({
  currentlyDeployed: z.boolean().optional(),
  currentlySupported: z.boolean().optional(),
})

const unknownVersion = ({ pacticipant, version }: VersionRecord): BrokerError =>
  new BrokerError(
    {
      problem: `the broker knows no version ${version} of ${pacticipant}`,
      expected: 'a version whose contracts or results were published',
      fix: `npx proofbook publish, or name another: --version VERSION`,
    },
    { refused: true, status: 404 },
  )

/**
 * Tells the broker that a version was deployed or released, and asks whether it took it.
 *
 * Throws a `BrokerError`; for an unknown version or environment with those that are known.
 */
export const recordVersion = async (broker: Broker, record: VersionRecord): Promise<void> => {
  const { kind, pacticipant, version, environment, instance } = record
  const index = await broker.index()
  const resource = await broker.find(
    linkOf(index, 'pb:pacticipant-version', { pacticipant, version }),
  )
  if (resource === undefined) throw unknownVersion(record)
  const relation = `pb:record-${kind}`
  const link = findLink(resource, relation, {}, environment)
  if (link === undefined) {
    const known = linksOf(resource, relation).flatMap(({ name }) => name ?? [])
    throw unknownEnvironment(environment, known, '--environment')
  }
  const body = instance === undefined ? {} : { applicationInstance: instance }
  const answer = await broker.send('POST', link, body)
  const self = findLink(answer, 'self')
  const now = self === undefined ? undefined : await broker.find(self)
  const parsed = written.safeParse(now?.value)
  const taken =
    parsed.success &&
    (kind === 'deployment' ? parsed.data.currentlyDeployed : parsed.data.currentlySupported)
  if (taken !== true)
    throw notTaken(
      `the broker does not say that ${pacticipant} ${version} is in ${environment} now`,
    )
}
