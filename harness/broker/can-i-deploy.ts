import { z } from 'zod'
import { BrokerError } from './broker-error.ts'
import type { Broker } from './client.ts'
import { embedded, findLink, linkOf, linksOf, type Resource } from './hal.ts'
import type { Parcel } from './outbox.ts'
import { unknownReason, unknownVersionReason } from './unknown-reason.ts'
import { unknownEnvironment } from './unknown-environment.ts'

const side = z.looseObject({
  name: z.string(),
  version: z.looseObject({ number: z.string() }).nullish(),
})

const row = z.looseObject({
  consumer: side,
  provider: side,
  verificationResult: z.looseObject({ success: z.boolean().nullish() }).nullish(),
  ignored: z.boolean().optional(),
})

const matrixAnswer = z.looseObject({
  summary: z.looseObject({ deployable: z.boolean().nullish(), reason: z.string().nullish() }),
  matrix: z.array(row),
})

/** What is asked. */
export interface DeployQuestion {
  readonly pacticipant: string
  readonly version: string
  readonly environment: string
}

/** Whether it can be deployed: `undefined` where the broker does not know. */
export interface DeployAnswer {
  readonly deployable: boolean | undefined
  readonly reason: string
  /** One line for each contract that it depends on. */
  readonly lines: readonly string[]
}

const named = ({ name, version }: z.output<typeof side>): string =>
  version === null || version === undefined ? name : `${name} ${version.number}`

const latestVersion = embedded(z.looseObject({ latestVersion: z.unknown() }))

const isBuilt = async (broker: Broker, index: Resource, pacticipant: string): Promise<boolean> => {
  const found = await broker.find(linkOf(index, 'pb:pacticipant', { pacticipant }))
  const parsed = latestVersion.safeParse(found?.value)
  return parsed.success && Boolean(parsed.data.latestVersion)
}

const there = embedded(
  z.record(
    z.string(),
    z.array(embedded(z.looseObject({ pacticipant: z.looseObject({ name: z.string() }) }))),
  ),
)

/** The names of all of which a version is deployed or released in an environment. */
const inEnvironment = async (
  broker: Broker,
  index: Resource,
  environment: string,
): Promise<ReadonlySet<string>> => {
  const environments = await broker.get(linkOf(index, 'pb:environments'))
  const all = linksOf(environments, 'pb:environments')
  const link = all.find(({ name }) => name === environment)
  if (link === undefined) {
    const known = all.flatMap(({ name }) => name ?? [])
    throw unknownEnvironment(environment, known, '--to-environment')
  }
  const resource = await broker.get(link.href)
  const lists = await Promise.all(
    ['pb:currently-deployed-deployed-versions', 'pb:currently-supported-released-versions'].map(
      async (relation) => {
        const href = findLink(resource, relation)
        const parsed = there.safeParse(href === undefined ? {} : (await broker.get(href)).value)
        return parsed.success ? Object.values(parsed.data).flat() : []
      },
    ),
  )
  return new Set(lists.flat().map(({ pacticipant }) => pacticipant.name))
}

const read = (resource: Resource): z.output<typeof matrixAnswer> => {
  const parsed = matrixAnswer.safeParse(resource.value)
  if (parsed.success) return parsed.data
  throw new BrokerError(
    {
      problem: `the broker's answer of ${resource.url} does not say whether it can be deployed`,
      expected: 'an object with summary and matrix',
    },
    { refused: false },
  )
}

/**
 * Asks whether a version may be deployed to an environment, and for everything that is unknown why:
 * never built, never verified, not there, or failed to publish.
 *
 * Throws a `BrokerError`, also for an environment that the broker does not know.
 *
 * @example
 * (await canIDeploy(broker, { pacticipant: 'web', version: '1', environment: 'production' }, [])).deployable
 */
export const canIDeploy = async (
  broker: Broker,
  { pacticipant, version, environment }: DeployQuestion,
  outbox: readonly Parcel[],
): Promise<DeployAnswer> => {
  const index = await broker.index()
  const own = await broker.find(linkOf(index, 'pb:pacticipant-version', { pacticipant, version }))
  if (own === undefined) {
    const reason = unknownVersionReason(pacticipant, version, outbox)
    return { deployable: undefined, reason, lines: [] }
  }
  const link = linkOf(index, 'pb:can-i-deploy-pacticipant-version-to-environment', {
    pacticipant,
    version,
    environment,
  })
  const present = await inEnvironment(broker, index, environment)
  const { summary, matrix } = read(await broker.get(link))
  const lineOf = async (one: z.output<typeof row>): Promise<string> => {
    const pair = `${named(one.consumer)} and ${named(one.provider)}`
    const success = one.verificationResult?.success
    if (success === true) return `verified  ${pair}`
    if (success === false) return `failed    ${pair}`
    const provider = one.provider.name
    const reason = unknownReason(
      {
        consumer: one.consumer.name,
        provider,
        providerVersion: provider === pacticipant ? version : one.provider.version?.number,
        environment,
      },
      { built: await isBuilt(broker, index, provider), inEnvironment: present.has(provider) },
      outbox,
    )
    return `unknown   ${pair}: ${reason}`
  }
  const considered = matrix.filter(({ ignored }) => ignored !== true)
  return {
    deployable: summary.deployable ?? undefined,
    reason: summary.reason ?? '',
    lines: await Promise.all(considered.map(lineOf)),
  }
}
