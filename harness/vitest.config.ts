import { defineConfig } from 'vitest/config'

/** The harness' own tests; what `npm test` proves is configured in the root's vitest.config.ts. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          root: new URL('..', import.meta.url).pathname,
          include: ['{harness,fixtures}/**/*.test.ts'],
          exclude: ['**/*.{integration,containers,broker}.test.ts', '**/node_modules/**'],
          isolate: false,
          maxWorkers: 2,
          // A provider that loses what was written is given a while to show it, and that several times.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'integration',
          // What they mean, whatever engine the machine has.
          env: { PROOFBOOK_RUNTIME: 'processes' },
          // After the unit tests: what starts processes should not share the machine with them.
          sequence: { groupOrder: 1 },
          root: new URL('..', import.meta.url).pathname,
          include: ['{harness,fixtures}/**/*.integration.test.ts'],
          exclude: ['**/node_modules/**'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          pool: 'forks',
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'containers',
          sequence: { groupOrder: 2 },
          root: new URL('..', import.meta.url).pathname,
          include: ['{harness,fixtures}/**/*.containers.test.ts'],
          exclude: ['**/node_modules/**'],
          env: { PROOFBOOK_RUNTIME: 'containers' },
          testTimeout: 180_000,
          hookTimeout: 180_000,
          pool: 'forks',
          // One after the other: some of them count what is on the engine.
          maxWorkers: 1,
        },
      },
      {
        test: {
          name: 'broker',
          sequence: { groupOrder: 3 },
          root: new URL('..', import.meta.url).pathname,
          include: ['{harness,fixtures}/**/*.broker.test.ts'],
          exclude: ['**/node_modules/**'],
          env: { PROOFBOOK_RUNTIME: 'processes' },
          globalSetup: 'harness/broker/testing/real-broker.ts',
          // Each command of a test is a process of its own.
          testTimeout: 300_000,
          hookTimeout: 120_000,
          pool: 'forks',
          maxWorkers: 2,
        },
      },
    ],
  },
})
