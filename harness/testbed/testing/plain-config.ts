import { fileURLToPath } from 'node:url'
import type { ProviderConfig, ValidConfig } from '../../config/schema.ts'

/** Node as we run on it, so that tests do not depend on the PATH. */
const command = [
  process.execPath,
  fileURLToPath(new URL('./provider.mjs', import.meta.url)),
  '{port}',
]

/** The provider of `provider.mjs`, with what a test changes. */
export const plainProvider = (
  more: Partial<Omit<ProviderConfig, 'start'>> & { readonly cwd?: string } = {},
): ProviderConfig => {
  const { cwd, ...others } = more
  return { start: cwd === undefined ? { command } : { command, cwd }, ...others }
}

/** A config of one integration, `plain`, without dependencies. */
export const plainConfig = (provider: ProviderConfig = plainProvider()): ValidConfig => ({
  integrations: { plain: { provider } },
})
