import { upstreamKeys } from '../config/credentials.ts'
import type { IntegrationConfig } from '../config/schema.ts'
import type { Commands } from '../guide/commands/stand-in.ts'
import { plainSurroundings, type Surroundings } from '../guide/surroundings.ts'

const healthPathOf = ({ ready }: IntegrationConfig['provider']): string =>
  ready !== undefined && 'http' in ready ? ready.http : plainSurroundings.healthPath

/** What a guide's replay must know of the config of its integration. Throws as `upstreamKeys` does. */
export const surroundingsOf = (
  integration: IntegrationConfig,
  commands: Commands,
): Surroundings => {
  const { provider } = integration
  return {
    commands,
    metricsPath: provider.metrics ?? plainSurroundings.metricsPath,
    healthPath: healthPathOf(provider),
    settings: Object.keys(provider.environment ?? {}),
    keys: Object.fromEntries(
      upstreamKeys(integration).map(({ name, stub, resolve }) => [
        name,
        { stub, shown: () => resolve(process.env) },
      ]),
    ),
  }
}
