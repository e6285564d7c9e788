import { defineConfig, postgres, wiremock } from 'proofbook'

// Tokens of a system that exists only while it is tried. Where yours are secrets, write env('NAME').
const tokens = {
  admin: 'dev-admin-token',
  writer: 'dev-writer-token',
  reader: 'dev-reader-token',
  revoked: 'dev-revoked-token',
  payments: 'dev-payments-key',
}

export default defineConfig({
  integrations: {
    orders: {
      pattern: 'api',
      provider: {
        name: 'orders-api',
        start: {
          command: ['node', 'fixtures/reference/orders/main.ts', '--port', '{port}'],
          // what it is in the runtime "containers"
          build: 'fixtures/reference',
        },
        ready: { http: '/ready', within: '30s' },
        environment: {
          DATABASE_URL: '{database.url}',
          PAYMENTS_URL: '{payments.url}',
          PAYMENTS_KEY: tokens.payments,
          TOKENS: [
            `admin=${tokens.admin} read orders:write products:write`,
            `writer=${tokens.writer} read orders:write`,
            `reader=${tokens.reader} read`,
            `revoked=${tokens.revoked} revoked`,
          ].join(';'),
          // Faults of the reference system, for `npm run faults`.
          FAULT: process.env['FAULT'] ?? '',
          // starts in half the time: Node keeps what it compiled
          NODE_COMPILE_CACHE: 'node_modules/.cache/orders',
        },
        states: { module: 'fixtures/reference/states.ts' },
        messages: { module: 'fixtures/reference/messages.ts' },
        metrics: '/metrics',
      },
      dependencies: {
        database: postgres({
          version: 17,
          migrate: ['node', 'fixtures/reference/migrate.ts', 'up'],
          seed: 'fixtures/reference/seed.sql',
        }),
        payments: wiremock({
          mappings: 'fixtures/reference/payments/mappings',
          // what payments really is: its mappings are held to it
          spec: 'specs/upstream/payments.openapi.yaml',
          credential: 'payments-key',
        }),
      },
      contracts: 'contracts/*-orders-api.json',
      spec: 'specs/orders.openapi.yaml',
      guides: 'guides/orders*.md',
      credentials: {
        admin: { bearer: tokens.admin, scopes: ['read', 'orders:write', 'products:write'] },
        writer: { bearer: tokens.writer, scopes: ['read', 'orders:write'] },
        reader: { bearer: tokens.reader, scopes: ['read'] },
        revoked: { bearer: tokens.revoked, rejected: 401 },
        // What orders shows to payments; nobody who calls orders has it.
        'payments-key': { bearer: tokens.payments },
      },
    },
  },
  // What the guides type, and what does it in a testbed.
  commands: {
    'kubectl set env': 'fixtures/commands/set-env.ts',
    'kubectl rollout restart': 'fixtures/commands/rollout-restart.ts',
  },
})
