import { z } from 'zod'
import { broker, brokerContracts } from './broker-schema.ts'
import { build, containerPort, image, port } from './container-fields.ts'
import { credential } from './credential-schema.ts'
import { command, readyForms, secret } from './schema-parts.ts'
import { program, rabbitmq, redis } from './server-schemas.ts'

const ready = z.union(readyForms).meta({
  description:
    'when the provider counts as ready: an HTTP path that answers 2xx, an open port, or a line in its log',
})

const start = z
  .union([
    z.strictObject({
      command: command.meta({
        description: 'program and arguments; {port} is the port to listen on',
      }),
      cwd: z
        .string()
        .optional()
        .meta({ description: 'the folder it is started in', otherwise: 'that of the config' }),
      image: image
        .optional()
        .meta({ description: 'what it is started from instead in the runtime "containers"' }),
      build: build
        .optional()
        .meta({ description: 'what it is built from instead in the runtime "containers"' }),
      port: containerPort,
    }),
    z.strictObject({
      image: image.meta({ description: 'the image that it is started from, in a container' }),
      port: containerPort,
    }),
    z.strictObject({
      build: build.meta({
        description:
          'a folder with a Dockerfile: it is built once a run, and started in a container',
      }),
      port: containerPort,
    }),
    z.strictObject({
      url: z.url().meta({ description: 'where it runs already; it is replayed as it is' }),
    }),
  ])
  .meta({ description: 'how the provider of a testbed is started, or where one runs' })

const states = z
  .union([
    z.strictObject({
      module: z.string().min(1).meta({
        description: 'a module whose default export is defineStates({ name: handler })',
      }),
    }),
    z.strictObject({
      path: z
        .string()
        .startsWith('/')
        .meta({ description: "a path of the provider, asked in Pact's own protocol" }),
    }),
  ])
  .meta({ description: 'who sets up the provider states that contracts name' })

const messages = z
  .union([
    z.strictObject({
      module: z.string().min(1).meta({
        description: 'a module whose default export is defineMessages({ description: producer })',
      }),
    }),
    z.strictObject({
      path: z
        .string()
        .startsWith('/')
        .meta({ description: "a path of the provider, asked in Pact's own protocol" }),
    }),
  ])
  .meta({ description: 'who has the messages said that contracts name' })

const provider = z.strictObject({
  name: z
    .string()
    .min(1)
    .optional()
    .meta({ description: 'as contracts name it', otherwise: 'the key of the integration' }),
  start,
  ready: ready.optional().meta({ otherwise: '{ port: true }' }),
  environment: z
    .record(z.string(), z.union([z.string(), secret]))
    .optional()
    .meta({
      description:
        'variables it is started with, beside PATH, HOME, LANG and TMPDIR; {database.url} and the like are filled for each testbed',
    }),
  states: states.optional(),
  messages: messages.optional(),
  beforeRequest: z
    .strictObject({
      module: z.string().min(1).meta({
        description: 'a module whose default export is (request, { credential }) => headers',
      }),
    })
    .optional()
    .meta({ description: "signs the requests of the spec's cases, or refreshes their credential" }),
  metrics: z
    .string()
    .startsWith('/')
    .optional()
    .meta({ description: 'the path of its metrics, for the guides' }),
  reset: z.enum(['auto', 'process', 'database']).optional().meta({
    description: 'what a case gets afresh: its own process, or the database under one that runs on',
    otherwise: 'auto: a process where one is ready within a second, else the database',
  }),
})

const migrate = z.union([
  command,
  z.strictObject({
    folder: z.string().min(1).meta({ description: 'a folder of .sql files, run by their names' }),
  }),
  z.strictObject({
    module: z.string().min(1).meta({ description: 'a module that exports migrate({ url })' }),
  }),
])

const postgres = z.strictObject({
  type: z.literal('postgres').meta({ description: 'written postgres({ … })' }),
  version: z.literal([15, 16, 17, 18]).optional().meta({
    description: 'the major version; one that is not installed blocks, and none takes its place',
    otherwise: '17',
  }),
  extensions: z
    .array(z.string().regex(/^[a-z][a-z0-9_-]*$/, 'the name of an extension, such as "pg_trgm"'))
    .optional()
    .meta({ description: 'created in the template, before the migrations' }),
  migrate: migrate.optional().meta({
    description: 'a command, a folder of .sql files, or a module; run once on the template',
  }),
  seed: z.string().min(1).optional().meta({ description: 'a .sql file, run after the migrations' }),
  image: image.optional().meta({
    description: 'the image in the runtime "containers", one that is made from the official one',
    otherwise: 'postgres:VERSION',
  }),
})

const wiremock = z.strictObject({
  type: z.literal('wiremock').meta({ description: 'written wiremock({ … })' }),
  mappings: z.string().min(1).optional().meta({
    description: "a folder in WireMock's own layout (mappings/, __files/), or of mapping files",
  }),
  spec: z.string().min(1).optional().meta({
    description: 'the OpenAPI document of what it stands in for: its mappings are held to it',
  }),
  credential: z.string().min(1).optional().meta({
    description:
      'the credential that the provider shows here, by its name: guides can have it rotated, and callers are not given it',
  }),
  image: image.optional().meta({
    description: 'the image in the runtime "containers"',
    otherwise: 'wiremock/wiremock:3.13.2',
  }),
})

const container = z.strictObject({
  type: z.literal('container').meta({ description: 'written container({ … })' }),
  image: image.meta({ description: 'the image; each testbed gets a container of its own' }),
  port: port.meta({ description: 'the port that it listens on in its container' }),
  environment: z
    .record(z.string(), z.union([z.string(), secret]))
    .optional()
    .meta({ description: 'variables it is started with' }),
  ready: ready.optional().meta({ otherwise: '{ port: true }' }),
  command: command.optional().meta({
    description: "what it runs, after the image's entry point",
    otherwise: "the image's own",
  }),
})

const globs = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)])

const integration = z.strictObject({
  pattern: z
    .enum(['component', 'api', 'database'])
    .optional()
    .meta({ description: 'what kind of boundary it is, for its readers' }),
  provider: provider.meta({ description: 'the provider that is proved' }),
  dependencies: z
    .record(
      z.string().regex(/^[a-z][a-z0-9-]*$/),
      z.discriminatedUnion('type', [postgres, wiremock, redis, rabbitmq, program, container]),
    )
    .optional()
    .meta({
      description: 'what the provider needs, by the names that placeholders and links have',
    }),
  contracts: z.union([globs, brokerContracts]).optional().meta({
    description:
      'Pact files, by glob, beside those that lie in contracts/; or those that a broker has',
  }),
  spec: z.string().min(1).optional().meta({ description: 'its OpenAPI document' }),
  guides: globs.optional().meta({
    description: 'guides, by glob, that do not name the integration in their front matter',
  }),
  credentials: z.record(z.string(), credential).optional().meta({
    description: 'by their names; the first that is not rejected is used where any will do',
  }),
})

/** What `proofbook.config.ts` may say. */
export const configSchema = z.strictObject({
  runtime: z.enum(['auto', 'processes', 'containers']).optional().meta({
    description:
      'what dependencies are made of: containers, processes of this machine, or (auto) containers where an engine answers within 2 s; PROOFBOOK_RUNTIME wins over it',
    otherwise: 'auto',
  }),
  integrations: z
    .record(z.string().regex(/^[A-Za-z][A-Za-z0-9_-]*$/), integration)
    .meta({ description: 'the boundaries that you depend on, by name' }),
  broker: broker.optional().meta({ description: 'the Pact Broker, for all that needs one' }),
  baseline: z.string().min(1).optional().meta({
    description:
      'a file of findings that are known, written by "proofbook accept": they are counted, and not red',
  }),
  parts: z.int().min(1).max(256).optional().meta({
    description:
      'how many parts a file with many cases is split into, so that workers and shards share it; all shards must agree',
    otherwise: 'the number of workers, or two for each shard',
  }),
  commands: z
    .record(z.string().min(1), z.union([z.literal(true), z.string().min(1)]))
    .optional()
    .meta({
      description:
        'what guides may type, by how it begins: a module that stands in for it, or true for a program that may run',
    }),
  java: z
    .strictObject({
      download: z.boolean().optional().meta({
        description: 'whether a JRE may be fetched, once, where the machine has no Java',
        otherwise: 'true',
      }),
    })
    .optional()
    .meta({ description: 'the Java that stubs run on' }),
  testbeds: z
    .strictObject({
      atOnce: z.int().min(1).max(64).optional().meta({
        description: 'how many may be open at once, over all workers',
        otherwise: 'twice the cores, at least 2',
      }),
      ahead: z.int().min(0).max(64).optional().meta({
        description: 'how many more are made in the background, before a case asks for them',
        otherwise: 'one for two cores, none where memory is short',
      }),
    })
    .optional()
    .meta({ description: 'how testbeds are shared out' }),
})

/** `proofbook.config.ts`, as its author writes it. */
export type Config = z.input<typeof configSchema>
/** One boundary that the user depends on. */
export type IntegrationConfig = z.output<typeof integration>
export type ProviderConfig = z.output<typeof provider>
export type PostgresConfig = z.output<typeof postgres>
export type WiremockConfig = z.output<typeof wiremock>
export type RedisConfig = z.output<typeof redis>
export type RabbitmqConfig = z.output<typeof rabbitmq>
/** Any program as a dependency. */
export type CommandConfig = z.output<typeof program>
/** Any image as a dependency. */
export type ContainerConfig = z.output<typeof container>
export type DependencyConfig =
  PostgresConfig | WiremockConfig | RedisConfig | RabbitmqConfig | CommandConfig | ContainerConfig
export type CredentialConfig = z.output<typeof credential>
export type Ready = z.output<typeof ready>
/** A value from the environment, by name. */
export type Secret = z.output<typeof secret>
/** A valid configuration: plain data that can be printed and sent to a worker. */
export type ValidConfig = z.output<typeof configSchema>
