import { expect, test } from 'vitest'
import { makeProject } from '../testing/project.ts'
import { shop } from '../testing/shop.ts'

const config = (shop()['proofbook.config.ts'] ?? '')
  .replace('import { defineConfig }', 'import { defineConfig, wiremock }')
  .replace(
    "spec: 'specs/shop.yaml',",
    `spec: 'specs/shop.yaml',
      dependencies: { till: wiremock({ mappings: 'stubs', spec: 'upstream/till.yaml' }) },`,
  )

const till = `openapi: 3.1.0
info: { title: Till, version: '1' }
paths:
  /open:
    get:
      responses:
        '204': { description: Yes. }
`

const stub = (status: number): string =>
  `{\n  "request": { "method": "GET", "urlPath": "/open" },\n  "response": { "status": ${status} }\n}\n`

const verify = async (changes: Readonly<Record<string, string>>) => {
  const files = { 'proofbook.config.ts': config, 'upstream/till.yaml': till, ...changes }
  await using project = await makeProject({ ...shop(), ...files })
  return await project.proofbook(['verify', 'upstream/till.yaml'])
}

test('a mapping that agrees with the spec of its upstream is verified, and nothing is started', async () => {
  const { output, status } = await verify({ 'stubs/open.json': stub(204) })
  expect(output).toContain('stub till of shop > stubs/open.json agrees with upstream/till.yaml')
  expect(output).toContain('1 cross-check     1 verified')
  expect(output).not.toContain('made of')
  expect(status).toBe(0)
})

test('a mapping that differs is red, at its line and that of the spec', async () => {
  const { output, status } = await verify({ 'stubs/open.json': stub(404) })
  expect(output).toContain('GET /open answered 404, and the spec says nothing of that status.')
  expect(output).toContain('expected  one of 204 (upstream/till.yaml:6:7)')
  expect(output).toContain('stubs/open.json:3:17')
  expect(status).toBe(1)
})

test('a stub that answers whatever is asked is listed as not asked, and is not green', async () => {
  const { output, status } = await verify({
    'stubs/all.json': '{ "request": { "method": "ANY" }, "response": { "status": 404 } }',
  })
  expect(output).toContain('it answers whatever is asked, so it is about no operation')
  expect(status).toBe(2)
})

test('mappings that cannot be read are one red case, at their place', async () => {
  const { output, status } = await verify({ 'stubs/open.json': '{' })
  expect(output).toContain('stubs/open.json:1:2')
  expect(output).toContain('this is not JSON')
  expect(status).toBe(1)
})

test('an upstream spec that is not there is named with the key that asks for it', async () => {
  await using project = await makeProject({
    ...shop(),
    'proofbook.config.ts': config,
    'stubs/open.json': stub(204),
  })
  const { output, status } = await project.proofbook(['verify', '-t', 'stub till'])
  expect(output).toContain('integrations.shop.dependencies.till.spec names "upstream/till.yaml"')
  expect(status).not.toBe(0)
})
