import { expect, test } from 'vitest'
import { makeProject } from '../testing/project.ts'
import { shop } from '../testing/shop.ts'
import { reportSchema } from './json-report.ts'
import { coverageFile } from '../record/coverage-file.ts'

test('without a run there is nothing to show, and it says what to do', async () => {
  await using project = await makeProject({})
  const { status, stderr } = await project.proofbook(['coverage'])
  expect(status).toBe(1)
  expect(stderr).toContain(`${coverageFile}: no run has left what it reached of a spec`)
  expect(stderr).toContain('npx proofbook verify')
})

test('what cannot be read is said in words', async () => {
  await using project = await makeProject({ [coverageFile]: '{ "schemaVersion": 7 }' })
  const { stderr } = await project.proofbook(['coverage', '--json'])
  expect(stderr).toContain('no coverage that this version of Proofbook can read')
})

test('a run leaves what it reached, shows it in two lines, and coverage lists the rest', async () => {
  await using project = await makeProject(shop())
  const { stdout, stderr } = await project.proofbook(['verify', 'specs/shop.yaml', '--json'])
  const [spec] = reportSchema.parse(JSON.parse(stdout)).coverage
  expect(spec).toMatchObject({
    spec: 'specs/shop.yaml',
    counts: { operation: { reached: 1, total: 1 }, status: { reached: 2, total: 2 } },
  })
  expect(stderr).toContain('coverage  specs/shop.yaml: 1 of 1 operations, 2 of 2 statuses')
  const listed = await project.proofbook(['coverage', '--json'])
  expect(JSON.parse(listed.stdout)).toMatchObject({
    specs: [{ spec: 'specs/shop.yaml', counts: spec?.counts }],
  })
  expect((await project.proofbook(['coverage'])).stdout).toContain('1 of 1 operations')
})

test('what was selected away is not reached, and says so', async () => {
  const spec = `${shop()['specs/shop.yaml'] ?? ''}  /teas:
    get:
      responses: { '200': { description: All. }, '404': { description: None. } }
`
  await using project = await makeProject(shop({ 'specs/shop.yaml': spec }))
  const run = await project.proofbook(['verify', 'specs/shop.yaml', '-t', 'getItem › examples'])
  expect(run.output).toContain('1 of 2 operations')
  expect(run.output).toContain('not reached: GET /teas')
  const { stdout } = await project.proofbook(['coverage'])
  expect(stdout).toMatch(
    /not asked: this run was of other cases\n\s+specs\/shop.yaml:\d+  GET \/teas/,
  )
})
