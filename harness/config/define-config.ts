import type {
  CommandConfig,
  Config,
  ContainerConfig,
  PostgresConfig,
  RabbitmqConfig,
  RedisConfig,
  Secret,
  WiremockConfig,
} from './schema.ts'

/**
 * The configuration of a project, checked by the compiler. It is plain data: it can be printed,
 * documented and sent to a worker; code is named by the path of its module, never inline.
 *
 * @example
 * export default defineConfig({
 *   integrations: { orders: { provider: { start: { command: ['node', 'server.js', '--port', '{port}'] } } } },
 * })
 */
export const defineConfig = (config: Config): Config => config

/**
 * A value that is read from the environment when it is needed, and masked wherever it would show.
 * A variable that is not set blocks the cases that need it, by name.
 *
 * @example
 * const token = env('ORDERS_ADMIN_TOKEN') // { env: 'ORDERS_ADMIN_TOKEN' }
 */
export const env = (name: string): Secret => ({ env: name })

/**
 * A PostgreSQL database: cloned for each case from a template that is migrated and seeded once.
 *
 * @example
 * const database = postgres({ version: 17, migrate: ['npm', 'run', 'migrate'], seed: 'fixtures/seed.sql' })
 */
export const postgres = (options: Omit<PostgresConfig, 'type'> = {}): PostgresConfig => ({
  type: 'postgres',
  ...options,
})

/**
 * A WireMock that stands in for an upstream which is not the user's.
 *
 * @example
 * const payments = wiremock({ mappings: 'fixtures/payments' })
 */
export const wiremock = (options: Omit<WiremockConfig, 'type'> = {}): WiremockConfig => ({
  type: 'wiremock',
  ...options,
})

/**
 * A Redis of the testbed's own: empty at the start of each case, and reached by nobody else. The
 * machine's `redis-server` (or `valkey-server`) is used. Placeholders: `{NAME.url}`, `{NAME.host}`,
 * `{NAME.port}`.
 *
 * @example
 * const cache = redis()
 */
export const redis = (): RedisConfig => ({ type: 'redis' })

/**
 * A RabbitMQ with a virtual host and a user of the testbed's own. The machine's `rabbitmq-server` is
 * used, one for the whole run. Placeholders: `{NAME.url}`, `{NAME.host}`, `{NAME.port}`,
 * `{NAME.vhost}`, `{NAME.user}`, `{NAME.password}`.
 *
 * @example
 * const queue = rabbitmq()
 */
export const rabbitmq = (): RabbitmqConfig => ({ type: 'rabbitmq' })

/**
 * Any program as a dependency: a fresh process for each testbed, on the port that `{port}` names.
 * Placeholders: `{NAME.url}` (of HTTP), `{NAME.host}`, `{NAME.port}`.
 *
 * @example
 * const search = command({ command: ['search-server', '--port', '{port}'], ready: { http: '/health' } })
 */
export const command = (options: Omit<CommandConfig, 'type'>): CommandConfig => ({
  type: 'command',
  ...options,
})

/**
 * Anything else that comes as an image: a fresh container for each testbed, in the runtime
 * `containers` only. Placeholders: `{NAME.host}`, `{NAME.port}`, and `{NAME.url}` for one that speaks
 * HTTP.
 *
 * @example
 * const queue = container({ image: 'rabbitmq:4', port: 5672, ready: { log: 'Server startup complete' } })
 */
export const container = (options: Omit<ContainerConfig, 'type'>): ContainerConfig => ({
  type: 'container',
  ...options,
})
