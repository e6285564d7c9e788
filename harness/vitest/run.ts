import { inject } from 'vitest'
import { configuredSecrets, knownCredentials } from '../config/configured-secrets.ts'
import { resolveCredentials } from '../config/credentials.ts'
import type { CaseName, Laboratory } from '../attempt.ts'
import type { Credential } from '../model/credential.ts'
import { maskOf } from '../model/mask.ts'
import { formatPlace } from '../model/place.ts'
import { UserError } from '../model/user-error.ts'
import { outsideOfCases } from '../testbed/client/left-open.ts'
import { connectOwner, leaseTestbed } from '../testbed/lease.ts'
import type { Signer } from '../testbed/before-request.ts'
import type { Testbed } from '../testbed/testbed.ts'
import { visitAt } from '../testbed/visit/serve-visit.ts'
import type { Visit } from '../testbed/visit/visit.ts'
import { openUrlTestbed } from '../testbed/url-testbed.ts'
import type { LeaseOptions } from '../testbed/world.ts'
import { onceEach } from './once-each.ts'
import type { Provided } from './provided.ts'

/** The bound on one attempt at a case, in milliseconds. */
const attemptMilliseconds = 120_000

/** How often a failure of a provider that is not ours must be seen: nothing there is fresh. */
const looksAtStrangers = 3
const gapMilliseconds = 1000

/** What is seen again must not be one hiccup of an environment: a while later, and it is well. */
const spaced = async (visit: Visit): Promise<void> => {
  await new Promise((resolve) => {
    setTimeout(resolve, gapMilliseconds)
  })
  await visit.steady()
}

/** One run as a worker sees it. */
export interface Run {
  readonly provided: Provided
  readonly mask: (text: string) => string
  /** What cases of one integration are tried with. */
  laboratory(integration: string, signal: AbortSignal): Laboratory
  /** Tells that so many cases of an integration will ask for testbeds, so that some are made ahead. */
  expect(integration: string, count: number): Promise<void>
  /** From now on the requests of an integration's spec are signed by it. */
  signBy(integration: string, signer: Signer): void
  /** The credentials of an integration as far as they can be resolved, for planning. */
  credentials(integration: string): readonly Credential[]
}

/**
 * Opens a run in a worker: nothing is started before the first lease asks for it.
 */
const openRun = (provided: Provided): Run => {
  const { config, options, owner } = provided
  const mask = maskOf(configuredSecrets(config, process.env))
  const visit = provided.visit === undefined ? undefined : visitAt(provided.visit)
  let client: ReturnType<typeof connectOwner> | undefined

  const lease = async (
    integration: string,
    { id: caseId, name, place }: CaseName,
    leaseOptions?: LeaseOptions,
  ): Promise<Testbed> => {
    if (options.url !== undefined)
      return openUrlTestbed(integration, options.url, {
        caseId,
        ...(visit === undefined ? {} : { visit }),
      })
    if (owner === undefined)
      throw new UserError({ problem: 'this run has no owner that could make testbeds' })
    client ??= outsideOfCases(() => connectOwner(owner))
    const caseLabel = mask(`"${name}" (${formatPlace(place)})`)
    return leaseTestbed(await client, { integration, caseId, caseLabel, ...leaseOptions })
  }

  const isToShrink = onceEach()
  const signers = new Map<string, Signer>()

  return {
    provided,
    mask,
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
    signBy: (name, signer) => void signers.set(name, signer),
    credentials: (name) => knownCredentials(config.integrations[name], process.env),
    laboratory: (name, signal) => ({
      lease: (testCase, leaseOptions) => lease(name, testCase, leaseOptions),
      get credentials() {
        return resolveCredentials(config.integrations[name] ?? {}, process.env)
      },
      ...(signers.has(name) ? { signer: signers.get(name)! } : {}),
      seed: options.seed,
      attemptMilliseconds,
      signal,
      keep: options.keep,
      // Against an address nothing is fresh, and nothing is asked that need not be. A budget is for
      // what is found, not for how it is shown.
      ...(options.url === undefined && options.budget === undefined ? { isToShrink } : {}),
      ...(visit === undefined ? {} : { looks: looksAtStrangers, pause: () => spaced(visit) }),
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
