import { describe, expect, test } from 'vitest'
import { makeProject } from '../testing/project.ts'
import { shop } from '../testing/shop.ts'

const sum = `import { expect, test } from 'vitest'\ntest('sum', () => expect(1 + 1).toBe(2))\n`

const configured = (inside: string): string => `
import { defineConfig } from 'vitest/config'
import { proofbook } from 'proofbook/vitest'
export default defineConfig(${inside})
`

describe('beside the user’s own tests', () => {
  test('they go on running where the plugin is added', async () => {
    await using project = await makeProject(shop({ 'sum.test.ts': sum }))
    const { status, output } = await project.vitest(['run'])
    expect(output).toContain('sum.test.ts')
    expect(output).toContain('1 interaction     1 verified')
    expect(status).toBe(0)
  })

  test('their time-out and reporters stay as they are', async () => {
    const hanging = `import { test } from 'vitest'\ntest('hangs', () => new Promise(() => {}))\n`
    await using project = await makeProject(
      shop({
        'hanging.test.ts': hanging,
        'vitest.config.ts': configured(
          "{ plugins: [proofbook()], test: { testTimeout: 300, reporters: ['dot'] } }",
        ),
      }),
    )
    const { status, output } = await project.vitest(['run'])
    expect(output).toContain('timed out in 300ms')
    expect(output.match(/Test Files/g)).toHaveLength(1)
    expect(status).toBe(1)
  })

  test('a config whose projects leave ours out is red, and not green for nothing', async () => {
    await using project = await makeProject(
      shop({
        'sum.test.ts': sum,
        'vitest.config.ts': configured(
          "{ plugins: [proofbook()], test: { projects: [{ extends: true, test: { name: 'unit', include: ['*.test.ts'] } }] } }",
        ),
      }),
    )
    const { status, output } = await project.vitest(['run'])
    expect(output).toMatch(/is a test of this run|1 interaction +1 verified/)
    expect(status === 1 || output.includes('1 interaction')).toBe(true)
  })

  test('a project of its own works beside theirs', async () => {
    await using project = await makeProject(
      shop({
        'sum.test.ts': sum,
        'vitest.config.ts': configured(
          "{ test: { projects: [{ test: { name: 'unit', include: ['*.test.ts'] } }, { plugins: [proofbook()], test: { name: 'proofbook', include: [] } }] } }",
        ),
      }),
    )
    const { status, output } = await project.vitest(['run'])
    expect(output).toContain('sum.test.ts')
    expect(output).toContain('1 interaction     1 verified')
    expect(status).toBe(0)
  })
})

test('a retry of the user’s does not make an unsteady case green', async () => {
  const flaky = `import { existsSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
const port = Number(process.argv[process.argv.indexOf('--port') + 1])
createServer((request, response) => {
  if (request.url === '/health') return response.writeHead(204).end()
  const first = !existsSync('asked')
  writeFileSync('asked', '')
  response.writeHead(first ? 500 : 200, { 'content-type': 'application/json' }).end('{"id":1,"name":"tea"}')
}).listen(port, '127.0.0.1')
`
  await using project = await makeProject(shop({ 'server.js': flaky }))
  const { status, output } = await project.vitest(['run', 'contracts', '--retry', '2'])
  expect(output).toContain('1 unsteady')
  expect(status).toBe(1)
})

test('--bail is no interruption', async () => {
  await using project = await makeProject(shop({ 'states.ts': 'export default {}' }))
  const { status } = await project.vitest(['run', '--bail', '1'])
  expect(status).toBe(1)
})
