import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeProject } from '../testing/project.ts'
import { shop } from '../testing/shop.ts'

const main = join(import.meta.dirname, '../../dist/cli/main.js')

const asked = async (url: string): Promise<number | string> =>
  fetch(url).then(
    ({ status }) => status,
    () => 'nobody listens',
  )

test('proofbook up holds one testbed open, prints its address, and ends it on Ctrl-C', async () => {
  await using project = await makeProject(shop())
  const child = spawn(process.execPath, [main, 'up'], {
    cwd: project.path,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  const url = await new Promise<string>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk
      const match = /export URL=(http:\S+)[\s\S]*Ctrl-C/.exec(output)
      if (match?.[1] !== undefined) resolve(match[1])
    })
  })
  expect(await asked(`${url}/items/1`)).toBe(200)
  child.kill('SIGINT')
  await once(child, 'close')
  expect(await asked(`${url}/items/1`)).toBe('nobody listens')
})

test('an integration that does not exist is named with the nearest', async () => {
  await using project = await makeProject(shop())
  const { status, stderr } = await project.proofbook(['up', '--integration', 'shpo'])
  expect(stderr).toBe(
    'there is no integration "shpo"\n  expected: one of shop\n  fix: --integration shop\n',
  )
  expect(status).toBe(1)
})
