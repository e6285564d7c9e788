import { join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { fencesOf, readPages, repository } from './testing/pages.ts'

/** What a fragment, which imports nothing, may take for granted. */
const preamble = `import { command, container, postgres, rabbitmq, redis, wiremock, type GuideScope } from 'proofbook'
declare const { links, stubs, kept, api, metrics }: GuideScope
declare const database: import('proofbook').DatabaseClient
`

const pages = await readPages('README.md', 'docs/*.md')
const snippets = new Map(
  pages.flatMap((page) =>
    // The fences of a guide have a compiler of their own, and a test of their own.
    page.file === 'docs/guide-format.md'
      ? []
      : fencesOf(page, 'ts').map((body, index): [string, string] => [
          join(repository, `${page.file.replaceAll('/', '_')}.${index + 1}.ts`),
          /^import /m.test(body) ? body : `${preamble}${body}\nexport {}`,
        ]),
  ),
)

/** What the compiler says of these files, in the repository's own strictness. */
const problemsOf = (files: ReadonlyMap<string, string>): readonly string[] => {
  const config = ts.readConfigFile(join(repository, 'tsconfig.json'), (path) =>
    ts.sys.readFile(path),
  )
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, repository)
  const host = ts.createCompilerHost(options)
  const { fileExists, readFile, getSourceFile } = host
  host.fileExists = (path) => files.has(path) || fileExists(path)
  host.readFile = (path) => files.get(path) ?? readFile(path)
  host.getSourceFile = (path, languageVersion) => {
    const text = files.get(path)
    return text === undefined
      ? getSourceFile(path, languageVersion)
      : ts.createSourceFile(path, text, languageVersion)
  }
  const program = ts.createProgram([...files.keys()], options, host)
  return [...files.keys()].flatMap((file) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(file))
      .map((one) => `${file}: ${ts.flattenDiagnosticMessageText(one.messageText, ' ')}`),
  )
}

test('every snippet of TypeScript compiles, and one that does not is found', () => {
  const wrong = join(repository, 'wrong.ts')
  const text = `import { defineConfig } from 'proofbook'\nexport default defineConfig({ integratoins: {} })`
  expect(snippets.size).toBeGreaterThan(5)
  const problems = problemsOf(new Map([...snippets, [wrong, text]]))
  expect(problems).toEqual([expect.stringMatching(/wrong\.ts: .*integratoins/)])
}, 60_000)
