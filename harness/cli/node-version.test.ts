import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { nodeProblem } from './node-version.ts'

test.each(['22.22.0', '22.30.1', '24.0.0', '26.10.0', '27.1.0'])('Node %s will do', (version) => {
  expect(nodeProblem(version)).toBeUndefined()
})

test.each(['18.20.0', '20.20.2', '22.21.9', '23.11.0', '25.9.0'])(
  'Node %s gets one clear sentence',
  (version) => {
    expect(nodeProblem(version)).toContain(`and this is ${version}`)
  },
)

test('the versions are those of package.json', async () => {
  const manifest: unknown = JSON.parse(
    await readFile(new URL('../../package.json', import.meta.url), 'utf8'),
  )
  const { node } = Reflect.get(Object(manifest), 'engines') as { node: string }
  expect(nodeProblem('20.0.0')).toContain(`needs Node ${node},`)
})
