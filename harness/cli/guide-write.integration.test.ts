import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeProject } from '../testing/project.ts'
import { shop, shopGuide } from '../testing/shop.ts'

const step = `GET /items/1

HTTP 200
{ "name": "tea" }`
const file = 'guides/shop.md'
const facts =
  '\n## Facts\n\n- **Endpoints**: `GET /items/{id}`\n- `GET /items/{id}` answers `404` or `409`\n'

test('guide write: after a run what was proved is in the page, and a changed scenario is run again', async () => {
  const text = `${shopGuide('http', step)}${facts}`
  await using project = await makeProject(shop({ [file]: text }))
  const page = async (): Promise<string> => readFile(join(project.path, file), 'utf8')
  const write = (...options: readonly string[]) => project.proofbook(['guide', 'write', ...options])

  const { output } = await write()
  expect(output).toBe(
    `${file}: no case of this page has evidence, so nothing can be written into it\n  fix: npx vitest run ${file}\n`,
  )

  const run = await project.proofbook(['verify', file])
  expect(run.output).toContain('page-status: the spec knows no 409 of GET /items/{id}')
  expect(run.output).toMatch(/shop +1 step +1 verified\n +2 claims +1 verified, 1 failed\n/)

  expect(await write('--check')).toMatchObject({
    output: `${file}: is not up to date\n`,
    status: 1,
  })
  expect(await page()).toBe(text)
  expect(await write()).toMatchObject({ output: `${file}: written\n`, status: 0 })
  const written = await page()
  expect(written).toContain('**Proved**: 1 of 1 step.')
  expect(await write('--check')).toMatchObject({ output: 'nothing to write\n', status: 0 })

  await writeFile(join(project.path, file), written.replace('"tea"', '"milk"'))
  expect((await write()).output).toMatch(
    /^guides\/shop\.md:\d+: 1 case of this scenario ran when it said something else; run it again\n/,
  )
  expect(await page()).toBe(text.replace('"tea"', '"milk"'))
})
