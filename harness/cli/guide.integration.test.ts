import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { formPage } from '../guide/testing/pages.ts'
import { makeProject } from '../testing/project.ts'

const config = (more = ''): string => `
import { defineConfig } from 'proofbook'
export default defineConfig({
  integrations: {
    shop: { provider: { start: { command: ['node', 'never-started.ts'] } }, ${more} },
  },
})
`

const fence = '```'
const runbook = `# Restarting
## Scenario 1: It hangs
**Verification**
1. It answers
${fence}sh
$ rm -rf /
$ kubectl get pods
${fence}
`

describe('guide import', () => {
  test('takes over a folder; nothing of it is run, and all of it is unimplemented', async () => {
    await using project = await makeProject({
      'proofbook.config.ts': config(),
      'old/Form.md': formPage,
      'old/deep/run book.markdown': runbook,
      'old/picture.png': 'x',
    })
    const taken = await project.proofbook(['guide', 'import', 'old'])
    expect(taken.output).toBe(
      [
        'guides/Form.md',
        '  claims    2 steps and 0 drills in 2 scenarios, 5 beside them',
        '  fences    none',
        'guides/deep/run book.md',
        '  claims    1 step and 0 drills in 1 scenario, 0 beside them',
        '  fences    1 sh',
        '  stand-in  line 10 needs one: $ rm -rf /',
        '  stand-in  line 11 needs one: $ kubectl get pods',
        '2 pages of shop, none of them adopted by this: that is a line for a person to write, adopted: true',
        '',
      ].join('\n'),
    )
    expect(taken.status).toBe(0)
    const text = await readFile(join(project.path, 'guides/Form.md'), 'utf8')
    expect(text).toBe(`---\nintegration: shop\nadopted: false\n---\n${formPage}`)

    const checked = await project.proofbook(['guide', 'check'])
    expect(checked.output).toContain('2 pages, 0 wrong, 2 notes\n')
    expect(checked.status).toBe(0)

    const { output, status } = await project.proofbook(['verify'])
    expect(output).toMatch(
      / shop {2}3 steps {11}3 unimplemented\n {7}5 claims {10}5 unimplemented\n/,
    )
    expect(status).toBe(2)
  })

  test('writes nothing where a page would take the place of another', async () => {
    await using project = await makeProject({
      'proofbook.config.ts': config(),
      'old/a.md': '# A',
      'old/b.md': '# B',
      'guides/b.md': '# Ours',
    })
    const { output, status } = await project.proofbook(['guide', 'import', 'old'])
    expect(output).toBe(
      'guides/b.md: a page of this name is there already\n  fix: move one of them, or name another folder: --into guides/old\n',
    )
    expect(status).toBe(1)
    await expect(readFile(join(project.path, 'guides/a.md'))).rejects.toThrow('ENOENT')
  })

  test.each([
    [['nowhere'], 'nowhere: there is no such page or folder\n'],
    [
      ['empty'],
      'empty: the folder holds no Markdown page\n  expected: 1 to 5000 files named *.md\n',
    ],
    [['old', '--into', '../out'], '--into ../out leads out of the project\n  fix: --into guides\n'],
    [
      ['old', '--integration', 'shp'],
      'there is no integration "shp"\n  expected: one of shop\n  fix: --integration shop\n',
    ],
    [
      ['adopted.md'],
      'adopted.md:1: this page says of itself that it is adopted\n  fix: take that line out, look at what would run, and put it back\n',
    ],
  ])('%j is one error', async (words, message) => {
    await using project = await makeProject({
      'proofbook.config.ts': config(),
      'old/a.md': '# A',
      'empty/x.txt': '',
      'adopted.md': '---\nadopted: true\n---\n# A',
    })
    expect(await project.proofbook(['guide', 'import', ...words])).toMatchObject({
      output: message,
      status: 1,
    })
  })
})

describe('guide check', () => {
  const page = (adopted: boolean): string =>
    `---\nintegration: shop\nadopted: ${adopted}\n---\n# A\n\n[x](nowhere.md)\n\n## Scenario 1: A\n\n**Verfication**: x\n`

  test('is red for an adopted page that is wrong', async () => {
    await using project = await makeProject({
      'proofbook.config.ts': config(),
      'guides/a.md': page(true),
    })
    const { output, status } = await project.proofbook(['guide', 'check', 'guides/a.md'])
    expect(output).toMatch(
      /^guides\/a\.md:7:1: this link leads to no file: nowhere\.md\n[\s\S]*guides\/a\.md:11:1: "Verfication" is no label\n[\s\S]*1 page, 2 wrong, 0 notes\n$/,
    )
    expect(status).toBe(1)
  })

  test('is not for one that is not adopted', async () => {
    await using project = await makeProject({
      'proofbook.config.ts': config(),
      'guides/a.md': page(false),
    })
    const { output, status } = await project.proofbook(['guide', 'check'])
    expect(output).toMatch(/note: guides\/a\.md:11:1: "Verfication" is no label\n/)
    expect(output).toContain('1 page, 1 wrong, 1 note\n')
    expect(status).toBe(0)
    const run = await project.proofbook(['verify'])
    expect(run.output).toContain(
      ' warning   guides/a.md:11:1: "Verfication" is no label; write "Verification"\n',
    )
  })

  test('knows the endpoints of what is behind the provider by its spec', async () => {
    const spec = (path: string): string =>
      `openapi: 3.1.0\ninfo: { title: A, version: '1' }\npaths: { '${path}': { get: { responses: { '200': { description: x } } } } }\n`
    const files = (more: string) => ({
      'proofbook.config.ts': config(
        `spec: 'shop.yaml', dependencies: { tills: { type: 'wiremock', mappings: 'tills', ${more} } }`,
      ),
      'shop.yaml': spec('/tills'),
      'tills.yaml': spec('/tills/{id}'),
      'guides/a.md': '---\nintegration: shop\nadopted: true\n---\n# A\n\n`GET /tills/{id}`\n',
    })
    const red = 'guides/a.md:7:1: the spec has no GET /tills/{id}\n'
    await using without = await makeProject(files(''))
    expect((await without.proofbook(['guide', 'check'])).output).toContain(red)
    await using known = await makeProject(files("spec: 'tills.yaml'"))
    const { output } = await known.proofbook(['guide', 'check'])
    expect(output).not.toContain('tills')
    expect(output).toContain('1 page, 1 wrong, 0 notes\n')
  })

  test('notes a value that the config gives otherwise, and does not tell that one', async () => {
    const settings = [
      ['A_LIMIT', '7'],
      ['A_URL', 'x'],
      ['A_KEY', 'y'],
      ['A_MODE', 'dry'],
    ]
    await using project = await makeProject({
      'proofbook.config.ts': config().replace(
        'start:',
        "environment: { A_LIMIT: '5', A_URL: 'http://127.0.0.1:{port}', A_KEY: { env: 'NOT_SET' }, A_MODE: 'dry' }, start:",
      ),
      'guides/a.md': `${page(false).split('\n').slice(0, 5).join('\n')}\n\n| Setting | Value |\n|---|---|\n${settings.map(([name, value]) => `| \`${name}\` | ${value} |\n`).join('')}`,
    })
    const { output, status } = await project.proofbook(['guide', 'check'])
    expect(output).toContain(
      'note: guides/a.md:9:15: the config gives A_LIMIT another value than 7\n  fix: correct one of the two, or say above the table where these values hold\n',
    )
    expect(output.match(/another value/g)).toHaveLength(1)
    expect(status).toBe(0)
  })

  test('says what there is to do where there is no guide', async () => {
    await using project = await makeProject({ 'proofbook.config.ts': config() })
    expect(await project.proofbook(['guide', 'check'])).toMatchObject({
      output:
        'there is no guide to check\n  expected: a page in guides/ whose front matter names an integration\n  fix: npx proofbook guide import OLD takes over pages that you have\n',
      status: 1,
    })
    const { output } = await project.proofbook(['guide', 'check', 'guides/b.md'])
    expect(output).toBe('guides/b.md: there is no such page\n')
  })
})

test('a page without commands needs none of the modules that stand in for them', async () => {
  await using project = await makeProject({
    'proofbook.config.ts': config().replace(
      'integrations',
      "commands: { 'kubectl get': 'not-there.ts' }, integrations",
    ),
    'guides/a.md':
      '---\nintegration: shop\nadopted: true\n---\n# A\n\n## Scenario 1: A\n\n**Verification**\n\n1. It holds\n',
  })
  const { output, status } = await project.proofbook(['verify'])
  expect(output).toContain(' shop  1 step            1 unimplemented\n')
  expect(output).toContain(
    ' claims    1 in guides: 0 proved, 1 with nothing under them, 0 by hand\n',
  )
  expect(status).toBe(2)
})

test.each([
  [
    'cannot be imported',
    'throw new TypeError("no luck")',
    'stand-in.ts:1: the module of a stand-in cannot be loaded: TypeError: no luck',
  ],
  [
    'exports no function',
    'export default 1',
    'stand-in.ts: the stand-in for the command "kubectl get" has no default export that is a function',
  ],
])('a module of a stand-in that %s is one error of the page', async (_, module, message) => {
  await using project = await makeProject({
    'proofbook.config.ts': config().replace(
      'integrations',
      "commands: { 'kubectl get': 'stand-in.ts' }, integrations",
    ),
    'stand-in.ts': module,
    'guides/a.md': `---\nintegration: shop\nadopted: true\n---\n# A\n\n## Scenario 1: A\n\n**Verification**\n\n1. It holds\n\n${fence}sh\n$ kubectl get pods\n...\n${fence}\n`,
  })
  const { output, status } = await project.proofbook(['verify'])
  expect(output).toContain(`${message}\n`)
  expect(output).toContain('export default ({ arguments, testbed, environment }) => ({ stdout })')
  expect(status).toBe(1)
})

test('guide words prints the lists', async () => {
  await using project = await makeProject({})
  const { stdout, status } = await project.proofbook(['guide', 'words'])
  expect(stdout).toContain('\nSymptoms, parted by ";", "," or "and"\n  step N answers `504`\n')
  expect(status).toBe(0)
})
