import type { Place } from '../../model/place.ts'
import type { CredentialFault } from './credential.ts'
import type { DatabaseFault } from './database.ts'
import type { LinkFault } from './link.ts'
import type { ProviderFault } from './provider.ts'
import type { SettingFault } from './setting.ts'
import type { StubFault } from './stub.ts'

/** A fault of any kind, read: plain data. */
export type AnyFault =
  LinkFault | StubFault | DatabaseFault | CredentialFault | ProviderFault | SettingFault

/** What a drill's Fault says, read: plain data. */
export type FaultSpecification = AnyFault & {
  /** The page's own words. */
  readonly text: string
  readonly place: Place
}
