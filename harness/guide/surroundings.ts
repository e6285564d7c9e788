import type { Credential } from '../model/credential.ts'
import type { Commands } from './commands/stand-in.ts'

/** A key of the provider's own, and the stub that checks it. */
interface ProviderKey {
  readonly stub: string
  /** How the provider shows it. Throws `Blocked` where the variable behind it is not set. */
  readonly shown: () => Credential
}

/** What the replay of a page must know of the config. */
export interface Surroundings {
  readonly commands: Commands
  /** The path of the provider's metrics. */
  readonly metricsPath: string
  /** The path that says how the provider is. */
  readonly healthPath: string
  /** The names of the settings that the provider is given. */
  readonly settings: readonly string[]
  /** By the name of the credential. */
  readonly keys: Readonly<Record<string, ProviderKey>>
}

/** What a config that says nothing of it comes to. */
export const plainSurroundings: Surroundings = {
  commands: {},
  metricsPath: '/metrics',
  healthPath: '/health',
  settings: [],
  keys: {},
}
