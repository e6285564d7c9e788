export { defineConfig, env, postgres, wiremock } from './config/define-config.ts'
export type { Config } from './config/schema.ts'
