import type { IntegrationConfig } from '../../config/schema.ts'
import { Blocked } from '../../model/user-error.ts'

/** What a case gets afresh: the provider's process, or only what it works on. */
export type Reset = 'process' | 'database'

/** A provider that is ready in this time is started for each case: nothing of it is shared then. */
const quickMilliseconds = 1000

/** Which reset each integration gets, as far as it is known by now. */
export interface Resets {
  of(integration: string, config: IntegrationConfig): Reset
  /** Tells how long a start of its provider took; `auto` goes by the quickest. */
  started(integration: string, milliseconds: number): void
  /** From now on it gets fresh processes. The person is told once, with the reason. */
  giveUp(integration: string, reason: unknown): void
  /** What the person should be told. */
  notices(): readonly string[]
}

const words = (reason: unknown): string => {
  if (!(reason instanceof Blocked)) return reason instanceof Error ? reason.message : String(reason)
  const { problem, fix } = reason.parts
  return fix === undefined ? problem : `${problem} (${fix})`
}

/**
 * Keeps which reset integrations get.
 *
 * @example
 * const resets = openResets()
 * resets.started('orders', 180)
 * resets.of('orders', { provider: { start: { command: ['serve'] } } }) // 'process'
 */
export const openResets = (): Resets => {
  const quickest = new Map<string, number>()
  const given = new Map<string, string>()
  return {
    of: (integration, { provider: { reset = 'auto', start } }) => {
      if (given.has(integration) || 'url' in start) return 'process'
      if (reset !== 'auto') return reset
      return (quickest.get(integration) ?? 0) <= quickMilliseconds ? 'process' : 'database'
    },
    started: (integration, milliseconds) => {
      quickest.set(integration, Math.min(milliseconds, quickest.get(integration) ?? milliseconds))
    },
    giveUp: (integration, reason) => {
      if (given.has(integration)) return
      given.set(
        integration,
        `${integration}: each case gets a fresh process from now on. ${words(reason)}`,
      )
    },
    notices: () => [...given.values()],
  }
}
