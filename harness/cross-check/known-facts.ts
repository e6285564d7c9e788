import type { IntegrationConfig, ValidConfig } from '../config/schema.ts'
import type { KnownFacts, KnownOperation } from '../guide/check/known.ts'
import { UserError } from '../model/user-error.ts'
import { readSpec } from '../spec/read/read-spec.ts'
import { arrayOr, objectOr } from '../spec/json.ts'
import { brokenSample } from './broken-sample.ts'
import { knownFields } from './known-fields.ts'

type SpecFacts = Pick<KnownFacts, 'operations' | 'servers'>

const whole = /^https?:\/\/[^{}\s]+$/

const specFacts = async (root: string, file: string): Promise<SpecFacts> => {
  try {
    const spec = await readSpec({ root, file })
    // Pages leave the server's path out as often as not.
    const operations = spec.operations.flatMap((operation): readonly KnownOperation[] => {
      const { method, path, basePath, responses, place } = operation
      const fields = knownFields(spec, operation)
      const statuses = responses.map(({ status }) =>
        status.toUpperCase().replace('DEFAULT', 'default'),
      )
      const breaks = (sample: unknown) => brokenSample(spec, operation, sample)
      return [...new Set([path, basePath + path])].map((one) => ({
        method,
        path: one,
        statuses,
        place,
        fields,
        breaks,
      }))
    })
    const servers = arrayOr(spec.document['servers']).flatMap((server) => {
      const { url } = objectOr(server)
      return typeof url === 'string' && whole.test(url) ? [url] : []
    })
    return { operations, servers }
  } catch (error) {
    if (error instanceof UserError) return {}
    throw error
  }
}

/** Pages speak of what is behind a provider as of its own: only that an endpoint is there is taken over. */
const upstreamOperations = async (
  root: string,
  specs: readonly string[],
): Promise<readonly KnownOperation[]> => {
  const all = await Promise.all(specs.map(async (file) => specFacts(root, file)))
  return all
    .flatMap(({ operations = [] }) => operations)
    .map(({ method, path, statuses }) => ({ method, path, statuses, upstream: true }))
}

/** A project and its configuration. */
interface ConfiguredProject {
  readonly root: string
  readonly config: ValidConfig
}

/** What is known of an integration without running it. */
const factsOf = async (
  integration: string,
  { provider, dependencies = {}, credentials = {}, spec }: IntegrationConfig,
  { root, config }: ConfiguredProject,
): Promise<KnownFacts> => {
  const keys = Object.values(dependencies).flatMap((one) =>
    one.type === 'wiremock' && one.credential !== undefined ? [one.credential] : [],
  )
  const upstreamSpecs = Object.values(dependencies).flatMap((one) =>
    one.type === 'wiremock' && one.spec !== undefined ? [one.spec] : [],
  )
  return {
    integration,
    settings: Object.keys(provider.environment ?? {}),
    given: Object.fromEntries(
      Object.entries(provider.environment ?? {}).flatMap(([name, value]) =>
        typeof value === 'string' && !/[{}]/.test(value) ? [[name, value]] : [],
      ),
    ),
    dependencies: Object.fromEntries(
      Object.entries(dependencies).map(([name, { type }]) => [name, type]),
    ),
    credentials: Object.keys(credentials).filter((name) => !keys.includes(name)),
    keys,
    commands: Object.keys(config.commands ?? {}),
    ports: Object.fromEntries(
      Object.entries(dependencies).flatMap(([name, one]) =>
        one.type === 'container' ? [[name, one.port]] : [],
      ),
    ),
    ownPaths: [
      ...(provider.metrics === undefined ? [] : [provider.metrics]),
      ...(provider.ready !== undefined && 'http' in provider.ready ? [provider.ready.http] : []),
    ],
    ...(spec === undefined ? {} : await specFacts(root, spec)),
    upstreamOperations: await upstreamOperations(root, upstreamSpecs),
  }
}

/** Looks up what is known of integrations, each once. Names that the config lacks have no facts. */
export const knownFacts = (
  loaded: ConfiguredProject,
): ((names: readonly string[]) => Promise<readonly KnownFacts[]>) => {
  const known = new Map<string, Promise<KnownFacts>>()
  return async (names) => {
    const all = names.flatMap((name) => {
      const config = loaded.config.integrations[name]
      if (config === undefined) return []
      const facts = known.get(name) ?? factsOf(name, config, loaded)
      known.set(name, facts)
      return [facts]
    })
    return Promise.all(all)
  }
}
