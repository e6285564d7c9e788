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
          exclude: ['**/*.integration.test.ts', '**/node_modules/**'],
          isolate: false,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'integration',
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
    ],
  },
})
