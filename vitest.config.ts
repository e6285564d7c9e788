import { defineConfig } from 'vitest/config'
import { proofbook } from 'proofbook/vitest'

/** What a user writes: the configuration of what is proved stands in proofbook.config.ts. */
export default defineConfig({
  plugins: [proofbook()],
  // The tests of the harness itself are another run: `npm run check`.
  test: { include: [] },
})
