import { z } from 'zod'

/** A value that is read from the environment when it is needed and masked wherever it would show. */
const secret = z
  .strictObject({
    env: z.string().min(1).meta({ description: 'name of the environment variable' }),
  })
  .meta({ description: 'a value from the environment, written env("NAME")' })

const text = z.union([z.string().min(1), secret])

const duration = z
  .string()
  .regex(/^\d+(\.\d+)?\s?(ms|s|m)$/, 'a time such as "500ms", "30s" or "2m"')
  .meta({ description: 'a time: a number and ms, s or m' })

const command = z.array(z.string().min(1)).min(1)

const ready = z
  .union([
    z.strictObject({ http: z.string().startsWith('/'), within: duration.optional() }),
    z.strictObject({ port: z.literal(true), within: duration.optional() }),
    z.strictObject({ log: z.string().min(1), within: duration.optional() }),
  ])
  .meta({
    description:
      'when the provider counts as ready: an HTTP path that answers 2xx, an open port, or a line in its log',
  })

const start = z.union([
  z.strictObject({
    command: command.meta({
      description: 'program and arguments; {port} is the port to listen on',
    }),
    cwd: z.string().optional(),
  }),
  z.strictObject({ url: z.url() }),
])

const states = z.union([
  z.strictObject({ module: z.string().min(1) }),
  z.strictObject({ path: z.string().startsWith('/') }),
])

const provider = z.strictObject({
  name: z
    .string()
    .min(1)
    .optional()
    .meta({ description: 'as contracts name it; default: the key of the integration' }),
  start,
  ready: ready.optional(),
  environment: z.record(z.string(), z.union([z.string(), secret])).optional(),
  states: states.optional(),
  metrics: z.string().startsWith('/').optional(),
  reset: z.enum(['auto', 'process', 'database']).optional(),
})

const migrate = z.union([
  command,
  z.strictObject({ folder: z.string().min(1) }),
  z.strictObject({ module: z.string().min(1) }),
])

const postgres = z.strictObject({
  type: z.literal('postgres'),
  version: z.literal([15, 16, 17, 18]).optional(),
  migrate: migrate.optional().meta({
    description: 'a command, a folder of .sql files, or a module; run once on the template',
  }),
  seed: z.string().min(1).optional().meta({ description: 'a .sql file, run after the migrations' }),
})

const wiremock = z.strictObject({
  type: z.literal('wiremock'),
  mappings: z.string().min(1).optional().meta({
    description: "a folder in WireMock's own layout (mappings/, __files/), or of mapping files",
  }),
})

const tokenFields = {
  scopes: z.array(z.string()).optional(),
  rejected: z.int().min(400).max(499).optional(),
}

const credential = z.union([
  z.strictObject({ bearer: text, ...tokenFields }),
  z.strictObject({ basic: z.strictObject({ user: text, password: text }), ...tokenFields }),
  z.strictObject({ header: z.record(z.string(), text), ...tokenFields }),
  z.strictObject({ query: z.record(z.string(), text), ...tokenFields }),
  z.strictObject({ cookie: z.record(z.string(), text), ...tokenFields }),
])

const globs = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)])

const integration = z.strictObject({
  pattern: z.enum(['component', 'api', 'database']).optional(),
  provider,
  dependencies: z
    .record(
      z.string().regex(/^[a-z][a-z0-9-]*$/),
      z.discriminatedUnion('type', [postgres, wiremock]),
    )
    .optional(),
  contracts: globs.optional(),
  spec: z.string().min(1).optional(),
  guides: globs.optional(),
  credentials: z.record(z.string(), credential).optional(),
})

/** What `proofbook.config.ts` may say. */
export const configSchema = z.strictObject({
  runtime: z.enum(['auto', 'processes', 'containers']).optional(),
  integrations: z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9_-]*$/), integration),
  java: z
    .strictObject({ download: z.boolean().optional() })
    .optional()
    .meta({ description: 'download: false forbids fetching a JRE for stubs' }),
  testbeds: z.strictObject({ atOnce: z.int().min(1).max(64).optional() }).optional(),
})

/** `proofbook.config.ts`, as its author writes it. */
export type Config = z.input<typeof configSchema>
/** One boundary that the user depends on. */
export type IntegrationConfig = z.output<typeof integration>
export type ProviderConfig = z.output<typeof provider>
export type PostgresConfig = z.output<typeof postgres>
export type WiremockConfig = z.output<typeof wiremock>
export type DependencyConfig = PostgresConfig | WiremockConfig
export type CredentialConfig = z.output<typeof credential>
export type Ready = z.output<typeof ready>
/** A value from the environment, by name. */
export type Secret = z.output<typeof secret>
/** A valid configuration: plain data that can be printed and sent to a worker. */
export type ValidConfig = z.output<typeof configSchema>
