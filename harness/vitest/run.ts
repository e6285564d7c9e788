import { inject } from 'vitest'
import { resolveCredentials, secretsOf, upstreamKeys } from '../config/credentials.ts'
import type { IntegrationConfig, Secret, ValidConfig } from '../config/schema.ts'
import type { Laboratory } from '../attempt.ts'
import type { Credential } from '../model/credential.ts'
import { maskOf } from '../model/mask.ts'
import { UserError } from '../model/user-error.ts'
import { connectOwner, leaseTestbed } from '../testbed/lease.ts'
import type { Testbed } from '../testbed/testbed.ts'
import { openUrlTestbed } from '../testbed/url-testbed.ts'
import type { LeaseOptions } from '../testbed/world.ts'
import type { Provided } from './provided.ts'

/** The bound on one attempt at a case, in milliseconds. */
const attemptMilliseconds = 120_000

/** One run as a worker sees it. */
export interface Run {
  readonly provided: Provided
  readonly mask: (text: string) => string
  /** What cases of one integration are tried with. */
  laboratory(integration: string, signal: AbortSignal): Laboratory
  /** Tells that so many cases of an integration will ask for testbeds, so that some are made ahead. */
  expect(integration: string, count: number): Promise<void>
  /** The credentials of an integration as far as they can be resolved, for planning. */
  credentials(integration: string): readonly Credential[]
}

const secretValue = (value: string | Secret): readonly string[] =>
  typeof value === 'string' ? [] : [process.env[value.env] ?? '']

const allSecrets = (config: ValidConfig): readonly string[] =>
  Object.values(config.integrations).flatMap((integration) => [
    ...Object.values(integration.provider.environment ?? {}).flatMap(secretValue),
    ...knownCredentials(integration).flatMap((credential) => secretsOf([credential])),
    ...upstreamSecrets(integration),
  ])

/** The keys that the provider shows to its upstreams, as far as they can be resolved. */
const upstreamSecrets = (integration: IntegrationConfig): readonly string[] => {
  try {
    return upstreamKeys(integration).flatMap(({ resolve }) => secretsOf([resolve(process.env)]))
  } catch {
    return []
  }
}

/** Credentials as far as they can be resolved: masking must not fail where one is missing. */
const knownCredentials = (integration?: IntegrationConfig): readonly Credential[] =>
  Object.entries(integration?.credentials ?? {}).flatMap(([name, credential]) => {
    try {
      const { dependencies } = integration ?? {}
      return resolveCredentials({ credentials: { [name]: credential }, dependencies }, process.env)
    } catch {
      return []
    }
  })

/**
 * Opens a run in a worker: nothing is started before the first lease asks for it.
 */
const openRun = (provided: Provided): Run => {
  const { config, options, owner } = provided
  let client: ReturnType<typeof connectOwner> | undefined

  const lease = async (
    integration: string,
    caseId: string,
    leaseOptions?: LeaseOptions,
  ): Promise<Testbed> => {
    if (options.url !== undefined) return openUrlTestbed(integration, options.url)
    if (owner === undefined)
      throw new UserError({ problem: 'this run has no owner that could make testbeds' })
    client ??= connectOwner(owner)
    return leaseTestbed(await client, { integration, caseId, ...leaseOptions })
  }

  return {
    provided,
    mask: maskOf(allSecrets(config)),
    expect: async (integration, count) => {
      if (options.url !== undefined || owner === undefined) return
      client ??= connectOwner(owner)
      // Whoever leases is told what is wrong with the owner or the integration.
      await (
        await client.catch(() => undefined)
      )
        ?.call('expect', { integration, count })
        .catch(() => {})
    },
    credentials: (name) => knownCredentials(config.integrations[name]),
    laboratory: (name, signal) => ({
      lease: (caseId, leaseOptions) => lease(name, caseId, leaseOptions),
      get credentials() {
        return resolveCredentials(config.integrations[name] ?? {}, process.env)
      },
      seed: options.seed,
      attemptMilliseconds,
      signal,
      keep: options.keep,
    }),
  }
}

const runs = new Map<string, Run>()

// Ctrl-C reaches the whole process group: the main process ends the run, and a worker that died at
// once would lose the verdicts of what it was doing.
process.on('SIGINT', () => {})

/** The run that this worker belongs to: one for all its files, since a worker has one line to the owner. */
export const currentRun = (): Run => {
  const provided = inject('proofbook')
  const key = `${provided.owner?.path ?? provided.options.url ?? ''} ${provided.part?.index ?? ''}`
  const run = runs.get(key) ?? openRun(provided)
  runs.set(key, run)
  return run
}
