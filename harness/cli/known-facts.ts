import type { LoadedConfig } from '../config/load.ts'
import type { IntegrationConfig } from '../config/schema.ts'
import type { KnownFacts, KnownOperation } from '../guide/check/doubt.ts'
import { UserError } from '../model/user-error.ts'
import { readSpec } from '../spec/read/read-spec.ts'

const operationsOf = async (
  root: string,
  file: string,
): Promise<readonly KnownOperation[] | undefined> => {
  try {
    const { operations } = await readSpec({ root, file })
    // Pages leave the server's path out as often as not.
    return operations.flatMap(({ method, path, basePath, responses }) => {
      const statuses = responses.map(({ status }) =>
        status.toUpperCase().replace('DEFAULT', 'default'),
      )
      return [...new Set([path, basePath + path])].map((one) => ({ method, path: one, statuses }))
    })
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}

/** What is known of an integration without running it. */
const factsOf = async (
  integration: string,
  { provider, dependencies = {}, credentials = {}, spec }: IntegrationConfig,
  { root, config }: LoadedConfig,
): Promise<KnownFacts> => {
  const keys = Object.values(dependencies).flatMap((one) =>
    one.type === 'wiremock' && one.credential !== undefined ? [one.credential] : [],
  )
  const operations = spec === undefined ? undefined : await operationsOf(root, spec)
  return {
    integration,
    settings: Object.keys(provider.environment ?? {}),
    dependencies: Object.fromEntries(
      Object.entries(dependencies).map(([name, { type }]) => [name, type]),
    ),
    credentials: Object.keys(credentials).filter((name) => !keys.includes(name)),
    keys,
    commands: Object.keys(config.commands ?? {}),
    ...(operations === undefined ? {} : { operations }),
  }
}

/** Looks up what is known of integrations, each once. Names that the config lacks have no facts. */
export const knownFacts = (
  loaded: LoadedConfig,
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
