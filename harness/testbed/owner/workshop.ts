import type { IntegrationConfig } from '../../config/schema.ts'
import type { Custody } from '../custody.ts'
import type { Resets } from './resets.ts'
import type { Services } from './services.ts'

/** What all testbeds of a run are made with. */
export interface Workshop {
  readonly root: string
  readonly custody: Custody
  readonly services: Services
  readonly resets: Resets
  /** Where PATH, HOME, LANG, TMPDIR and secrets come from. */
  readonly inherited: Readonly<Record<string, string | undefined>>
}

/** Which testbed to make. */
export interface TestbedRequest {
  /** Unique in the run. */
  readonly id: string
  readonly integration: string
  readonly config: IntegrationConfig
  /** Settings of the provider that differ from the config, as they stand. */
  readonly changes: Readonly<Record<string, string>>
  /** Aborted when nobody waits for it any more. */
  readonly signal: AbortSignal
}
