/**
 * The smallest project that is whole: a provider with one operation, its spec, a contract and a
 * handler. Tests break one part of it each.
 */

const server = `import { createServer } from 'node:http'
const port = Number(process.argv[process.argv.indexOf('--port') + 1])
createServer((request, response) => {
  if (request.url === '/health') return response.writeHead(204).end()
  if (process.env.SLOW) return
  const body = JSON.stringify({ id: 1, name: process.env.NAME ?? 'tea', token: request.headers.authorization })
  if (request.url === '/items/1' && ['GET', 'HEAD'].includes(request.method))
    return response.writeHead(200, { 'content-type': 'application/json' }).end(body)
  response.writeHead(404).end()
}).listen(port, '127.0.0.1')
`

const config = `import { defineConfig } from 'proofbook'
export default defineConfig({
  integrations: {
    shop: {
      provider: {
        start: { command: ['node', 'server.js', '--port', '{port}'] },
        ready: { http: '/health' },
        states: { module: 'states.ts' },
      },
      contracts: 'contracts/*.json',
      spec: 'specs/shop.yaml',
      credentials: { admin: { bearer: 'token-of-the-admin' } },
    },
  },
})
`

const states = `export default { 'item 1 exists': () => ({}) }
`

const spec = `openapi: 3.1.0
info: { title: Shop, version: '1' }
paths:
  /items/{id}:
    get:
      operationId: getItem
      parameters:
        - { name: id, in: path, required: true, schema: { type: integer }, example: 1 }
      responses:
        '200':
          description: The item.
          content:
            application/json:
              schema:
                type: object
                required: [id, name]
                properties:
                  id: { type: integer }
                  name: { type: string, maxLength: 5 }
        '404': { description: There is no such item. }
`

/** A contract of the shop, with parts replaced. */
export const shopContract = (parts: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify(
    {
      consumer: { name: 'web' },
      provider: { name: 'shop' },
      interactions: [
        {
          description: 'a request for item 1',
          providerStates: [{ name: 'item 1 exists' }],
          request: {
            method: 'GET',
            path: '/items/1',
            headers: { Authorization: 'Bearer recorded' },
          },
          response: { status: 200, body: { id: 1, name: 'tea' } },
        },
      ],
      metadata: { pactSpecification: { version: '3.0.0' } },
      ...parts,
    },
    null,
    2,
  )

/** An adopted guide of the shop: one scenario with one step, which has this fence. */
export const shopGuide = (language: 'http' | 'ts', fence: string): string => `---
integration: shop
adopted: true
---
# Shop
## Scenario 1: Buying
**Verification**
1. The item is there
\`\`\`${language}
${fence}
\`\`\`
`

/**
 * The files of the shop, with some replaced or, where `null` is given, left out.
 *
 * @example
 * await using project = await makeProject(shop({ 'states.ts': 'export default {}' }))
 */
export const shop = (
  changes: Readonly<Record<string, string | null>> = {},
): Readonly<Record<string, string>> => {
  const files = {
    'server.js': server,
    'proofbook.config.ts': config,
    'states.ts': states,
    'specs/shop.yaml': spec,
    'contracts/web-shop.json': shopContract(),
    'vitest.config.ts': `import { defineConfig } from 'vitest/config'\nimport { proofbook } from 'proofbook/vitest'\nexport default defineConfig({ plugins: [proofbook()] })\n`,
    ...changes,
  }
  return Object.fromEntries(
    Object.entries(files).filter((entry): entry is [string, string] => entry[1] !== null),
  )
}
