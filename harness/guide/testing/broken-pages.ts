import { comparePage } from '../check/compare-page.ts'
import type { KnownFacts } from '../check/known.ts'
import type { LinkTargets } from '../check/links.ts'
import type { PageCode } from '../facts/comparison.ts'
import { planGuide } from '../plan.ts'
import { readGuide } from '../read/read-guide.ts'
import type { GuideCase } from '../red-cases.ts'
import { adopted, fenced, verifying } from './pages.ts'

const place = { file: 'specs/orders.yaml', line: 20 }

/** What is known of the integration of these pages. */
export const knownOrders: KnownFacts = {
  integration: 'orders',
  settings: ['DATABASE_URL', 'PAYMENTS_URL', 'PAYMENTS_KEY'],
  dependencies: { database: 'postgres', queue: 'container' },
  ports: { queue: 5672 },
  credentials: ['admin'],
  keys: [],
  commands: [],
  ownPaths: ['/ready'],
  servers: ['https://api.example.com/v1'],
  operations: [
    {
      method: 'GET',
      path: '/orders',
      statuses: ['200', '401'],
      fields: [
        { name: 'limit', kind: 'number', default: '20', maximum: 100, minimum: 1, place },
        { name: 'sku', kind: 'text', maximum: 40, place },
        { name: 'tags', kind: 'list', maximum: 5, place },
        { name: 'page', kind: 'number', maximum: 500, place },
      ],
    },
    {
      method: 'POST',
      path: '/orders',
      statuses: ['201', '422'],
      fields: [{ name: 'page', kind: 'number', maximum: 9, place }],
      breaks: async (sample) =>
        JSON.stringify(sample) === '{"sku":"A-1"}'
          ? undefined
          : { expected: 'a property "sku"', actual: 'no property "sku"', onlyMissing: false },
    },
    { method: 'GET', path: '/orders/{orderId}', statuses: ['200', '404'] },
  ],
}

const files: Readonly<Record<string, string>> = {
  'settings.env': '# RATE_LIMIT=6000\nLOG_LEVEL=debug\n',
  'defaults.yaml': 'RATE_LIMIT: 6000\nPAYMENTS_TIMEOUT_MS: 1000\n',
  'guides/settings.md': '| Setting | Default |\n|---|---|\n| `RATE_LIMIT` | `6000` |\n',
}

/** The files that these pages link to. */
export const targets: LinkTargets = {
  exists: async (path) => Object.hasOwn(files, path),
  read: async (path) => files[path] ?? '',
}

/** A page of a sentence or more, above a scenario that stands for the rest. */
export const saying = (text: string): string =>
  verifying(
    `1. It is there\n${fenced('http', 'GET /orders', '', 'HTTP 200')}\n\n## More\n\n${text}`,
  )

/** The same without a scenario, so that nothing but words is in it. */
export const words = (text: string): string => adopted(`\n${text}\n`)

/** What a page says, beside what is known. */
export const compared = (text: string, facts: readonly KnownFacts[] = [knownOrders]) =>
  comparePage('guides/orders.md', text, facts, targets)

/** The cases of a page that hold what it says to what else says it. */
export const factCases = async (text: string): Promise<readonly GuideCase[]> => {
  const cases = planGuide(readGuide('guides/orders.md', text), {
    integrations: ['orders'],
    compared: await compared(text),
  })
  return cases.filter(({ detail }) => detail.target.kind === 'facts')
}

const link = 'See [the settings](../settings.env).'

/** For each code a true sentence and one that breaks just it; a code without does not compile. */
export const brokenPages: Readonly<Record<PageCode, readonly [truth: string, lie: string]>> = {
  'page-setting': ['Put the key into `PAYMENTS_KEY`.', 'Put the key into `PAYMENT_KEY`.'],
  'page-default': [
    `\`RATE_LIMIT\` requests a minute, 6000 unless set. ${link}`,
    `\`RATE_LIMIT\` requests a minute, 600 unless set. ${link}`,
  ],
  'page-limit': ['`limit` is at most 100.', '`limit` is at most 200.'],
  'page-endpoint': ['`GET /orders` lists.', '`PUT /orders` lists.'],
  'page-status': ['`POST /orders` answers `201`.', '`POST /orders` answers `202`.'],
  'page-address': [
    '**Base URL**: `https://api.example.com/v1/`',
    '**Base URL**: `https://api.example.org/v1`',
  ],
  'page-sample': [
    `A body of \`POST /orders\`:\n\n${fenced('yaml', 'sku: A-1')}`,
    `A body of \`POST /orders\`:\n\n${fenced('yaml', 'article: A-1')}`,
  ],
  'page-link': ['[defaults](../defaults.yaml)', '[defaults](../default.yaml)'],
}
