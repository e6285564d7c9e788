import type { Ground } from '../../fixtures/providers/proving-ground.ts'

/** A provider that runs, and what a tool needs to know of it. */
export interface Target {
  readonly name: string
  readonly ground: Ground
  /** Absent: unbroken. */
  readonly mutant?: string
  /** For all that a tool writes. */
  readonly folder: string
}

/** What one tool said of one provider. */
export interface Said {
  /** Each distinct thing that it calls wrong, without values that differ from run to run. */
  readonly alarms: ReadonlySet<string>
  readonly requests: number
  readonly seconds: number
  /** Requests a second while the provider was being asked, where that can be told. */
  readonly rate?: number
  /** Why it could not judge at all. */
  readonly unable?: string
}

/** A tool that tries a provider. `secondsMax` is how long it may take; absent: as long as it likes. */
export interface Tool {
  readonly name: string
  /** Whether two runs ask the same. */
  readonly isSeeded: boolean
  try(target: Target, secondsMax?: number): Promise<Said>
}
