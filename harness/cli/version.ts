import { createRequire } from 'node:module'

/** The version of this package, as its package.json says. */
export const version = (): string => {
  const manifest: unknown = createRequire(import.meta.url)('../../package.json')
  return String(Reflect.get(Object(manifest), 'version'))
}
