import type { ValidConfig } from '../config/schema.ts'

/** The integration whose provider has this name: as contracts name it, or the integration's key. */
export const integrationOfProvider = (
  provider: string,
  { integrations }: ValidConfig,
): string | undefined =>
  Object.entries(integrations).find(
    ([key, integration]) => (integration.provider.name ?? key) === provider,
  )?.[0]

/** The integration that a contract's text is about; `undefined` where its provider is unknown. */
export const integrationOfContract = (text: string, config: ValidConfig): string | undefined => {
  try {
    const { provider } = JSON.parse(text) as { provider?: { name?: unknown } }
    return typeof provider?.name === 'string'
      ? integrationOfProvider(provider.name, config)
      : undefined
  } catch {
    return undefined
  }
}

/** The integration that names a document as its spec. */
export const integrationOfSpec = (
  file: string,
  { integrations }: ValidConfig,
): string | undefined => Object.entries(integrations).find(([, { spec }]) => spec === file)?.[0]
