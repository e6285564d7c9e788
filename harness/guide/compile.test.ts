import { describe, expect, test } from 'vitest'
import ts from 'typescript'
import { compileGuide } from './compile.ts'
import { readGuide } from './read/read-guide.ts'
import { solved } from './testing/broken-providers.ts'
import { adopted, fenced, formPage, ordersPage } from './testing/pages.ts'

const linesOf = (text: string): readonly string[] =>
  compileGuide(readGuide('g.md', text)).code.split('\n')

const scripted = `---
integration: orders
adopted: true
---
\`\`\`ts
// what the page needs
import { equal } from 'node:assert'
import type { Server } from 'node:http'
\`\`\`
\`\`\`ts
doSomething('a sample')
\`\`\`
# Page
## Scenario 1: One
**Given** an order
${fenced('ts', 'const order = 1')}
**Verification**
1. It is there
   \`\`\`ts
   equal(order, 1)
   const n: number = 'x'
   \`\`\`
2. It is read
${fenced('http', 'GET /orders', '', 'HTTP 200')}
${fenced('ts', 'expect(answer.status).toBe(200)')}
## Scenario 2: Two
${fenced('ts', 'nobody.calls(this)')}
**Verification**
- Rows
${fenced('sql', 'SELECT 1 AS one')}

| one |
|---|
| 1 |
`

describe('[ts-lines] a compiled page', () => {
  test.each([
    ['the design', ordersPage],
    ['scripts', scripted],
    ['the form', formPage],
    ['an empty page', ''],
    ['windows line ends', ordersPage.replaceAll('\n', '\r\n')],
  ])('has as many lines as the page: %s', (_, text) => {
    expect(linesOf(text)).toHaveLength(text.split('\n').length)
  })

  test('has each statement at its own line and column', () => {
    const [page, code] = [scripted.split('\n'), linesOf(scripted)]
    for (const statement of [
      'const order = 1',
      '   equal(order, 1)',
      "   const n: number = 'x'",
      'expect(answer.status).toBe(200)',
    ])
      expect(code[page.indexOf(statement)]).toBe(statement)
  })

  test('calls http and sql fences at the line on which they open', () => {
    const page = ordersPage.split('\n')
    const code = linesOf(ordersPage)
    for (const [index, line] of page.entries()) {
      if (line === '```http') expect(code[index]).toContain(`await $.http(${index + 1});`)
      if (line === '```sql') expect(code[index]).toContain(`await $.sql(${index + 1});`)
    }
  })

  test('has a block for each step, and Given above them', () => {
    const code = linesOf(scripted).join('\n')
    expect(code).toMatch(
      /async function scenario1[\s\S]*const order = 1[\s\S]*if \(steps\.has\(1\)\)[\s\S]*if \(steps\.has\(2\)\)[\s\S]*\}\s*async function scenario2/,
    )
    expect(code).toMatch(/export const scenarios = \[scenario1, scenario2\];$/)
  })

  test('[ts-imports] has imports at its top, and [samples] no other fence outside of steps', () => {
    const code = linesOf(scripted).join('\n')
    expect(code).toContain("import { equal } from 'node:assert'")
    expect(code).not.toContain('a sample')
    expect(code).not.toContain('nobody.calls')
  })

  test('[adopted] is empty when the page is not adopted', () => {
    expect(linesOf(scripted.replace('adopted: true', 'adopted: false')).join('').trim()).toBe(
      'export const scenarios = [];',
    )
  })
})

const check = (text: string): readonly string[] => {
  const scopeModule = new URL('./scope.ts', import.meta.url).pathname
  const file = `${scopeModule}.page.ts`
  const source = compileGuide(readGuide('g.md', text), { scopeModule }).code
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ['node'],
  }
  const host = ts.createCompilerHost(options)
  const read = host.readFile.bind(host)
  const exists = host.fileExists.bind(host)
  host.readFile = (path) => (path === file ? source : read(path))
  host.fileExists = (path) => path === file || exists(path)
  const original = host.getSourceFile.bind(host)
  host.getSourceFile = (path, version) =>
    path === file ? ts.createSourceFile(path, source, version) : original(path, version)
  const program = ts.createProgram([file], options, host)
  const page = program.getSourceFile(file)
  return [...program.getSyntacticDiagnostics(page), ...program.getSemanticDiagnostics(page)].map(
    ({ start = 0, messageText }) => {
      const at = page?.getLineAndCharacterOfPosition(start)
      return `${(at?.line ?? 0) + 1}:${(at?.character ?? 0) + 1} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
    },
  )
}

test('[drill-fences] a compiled page hands over the fences of its drills', () => {
  const code = linesOf(solved)
  const lines = solved.split('\n')
  const solution = lines.indexOf("await links['payments']?.reset()")
  expect(code[solution - 1]).toBe(
    `async function part${solution}(): Promise<void> { $.enter(${solution});`,
  )
  expect(code[solution]).toBe(lines[solution])
  expect(code.join('\n')).toMatch(
    new RegExp(String.raw`\$\.parts\(\{ ${solution}: part${solution}, \d+: part\d+ \}\);`),
  )
})

describe('types', () => {
  test("errors stand at the page's own line and column", () => {
    const line = scripted.split('\n').indexOf("   const n: number = 'x'") + 1
    expect(check(scripted)).toEqual([
      `${line}:10 Type 'string' is not assignable to type 'number'.`,
    ])
  }, 60_000)

  test('[ts-scope] everything that a page may use is there', () => {
    const page = adopted(`## Scenario 1: All
**Verification**
1. All
${fenced(
  'ts',
  "const { data } = await api.POST('/orders', { body: { sku: 'A-1' } })",
  'kept.order = (data as { id: string }).id',
  'expect([answer.status, answer.body, answer.text, answer.headers, answer.milliseconds]).toHaveLength(5)',
  "expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }])",
  "await links['payments']?.add({ type: 'down' })",
  "expect(stubs['payments']?.url).toBeDefined()",
  "await expect.poll(logs).toContain('x')",
  "await expect.poll(() => metrics('orders_total')).toBe(1)",
)}
`)
    expect(check(page)).toEqual([])
  }, 60_000)
})
