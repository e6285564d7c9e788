import type { Vitest } from 'vitest/node'

/** How long a run may take to end once it was interrupted; then the reaper does the rest. */
const graceMilliseconds = 5_000

/** Who listens to signals during a run. */
export interface Signals {
  /** Whether there was one: Vitest calls a run that `--bail` ended interrupted, too. */
  received(): boolean
  /** Gives signals back to whoever had them. */
  release(): void
}

/**
 * Ends a run in order on Ctrl-C and SIGTERM: cases under way become `aborted`, testbeds are closed,
 * the summary is printed, and the exit status is 130. A second signal ends it at once.
 */
export const endOnSignals = (vitest: Vitest): Signals => {
  let signals = 0
  const onSignal = (): void => {
    signals += 1
    if (signals > 1) process.exit(130)
    process.exitCode = 130
    process.stderr.write('\n interrupted: closing testbeds (again to leave at once)\n')
    setTimeout(() => process.exit(130), graceMilliseconds).unref()
    void vitest
      .cancelCurrentRun('keyboard-input')
      // Cases under way see their signal and become `aborted`; the summary says so.
      .then(() => vitest.waitForTestRunEnd())
      .then(() => vitest.close())
      .finally(() => process.exit(130))
  }
  // Vitest's own listeners leave within a millisecond, which would lose the verdicts under way.
  const signalNames = ['SIGINT', 'SIGTERM'] as const
  const others = signalNames.map((name) => [name, process.listeners(name)] as const)
  for (const name of signalNames) process.removeAllListeners(name).on(name, onSignal)
  return {
    received: () => signals > 0,
    release: () => {
      for (const [name, listeners] of others) {
        process.off(name, onSignal)
        for (const listener of listeners) process.on(name, listener)
      }
    },
  }
}
