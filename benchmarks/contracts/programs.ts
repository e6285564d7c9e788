import { join } from 'node:path'

/** The provider's program. */
export const program = join(import.meta.dirname, 'provider.mjs')
