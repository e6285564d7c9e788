import { expect, test } from 'vitest'
import { runNode } from '../../../testing/project.ts'
import { temporaryFolder } from '../../../testing/temporary-folder.ts'
import type { CorpusDocument, TriedDocument } from './document.ts'
import { corpusReport } from './report.ts'

const main = `${import.meta.dirname}/main.ts`

const sound = `openapi: 3.1.0
info: { title: t, version: '1' }
webhooks: { done: { post: { responses: { '200': { description: d } } } } }
paths: { /a: { get: { responses: { '200': { description: d } } } } }
`

const run = async (
  documents: readonly CorpusDocument[],
  files: Readonly<Record<string, string>>,
) => {
  await using folder = await temporaryFolder({
    'openapi/manifest.json': JSON.stringify(documents),
    ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`openapi/${name}`, text])),
  })
  return await runNode(folder.path, [main], { PROOFBOOK_CORPUS: folder.path })
}

test('each document is read and planned, and what may be refused says why', async () => {
  const documents: readonly CorpusDocument[] = [
    { file: 'a.yaml', expect: 'read', operations: 2 },
    { file: 'b.yaml', expect: 'refuse-or-read', operations: 0 },
  ]
  const { output, status } = await run(documents, { 'a.yaml': sound, 'b.yaml': 'a: 1' })
  expect(output).toContain('b.yaml:1:1: This is no OpenAPI document.')
  expect(output).toMatch(/3\.1 +1 document  1 operation  \d+ cases  1 callbacks and webhooks not/)
  expect(output).toMatch(/slowest +[ab]\.yaml: read in 0\.\d s/)
  expect(output).toMatch(/largest +[ab]\.yaml: \d+ MB/)
  expect(status).toBe(0)
})

test('what must be read and is not, and what is overlooked, is red', async () => {
  const documents: readonly CorpusDocument[] = [
    { file: 'a.yaml', expect: 'read', operations: 3 },
    { file: 'b.yaml', expect: 'read' },
  ]
  const { output, status } = await run(documents, { 'a.yaml': sound, 'b.yaml': 'a: 1' })
  expect(output).toContain('! 1 operations, and the manifest counts 3')
  expect(output).toContain('! it must be read, and is refused')
  expect(status).toBe(1)
})

test('what is beyond the bounds is red, and so is what was not tried', () => {
  const document: CorpusDocument = { file: 'a.yaml', expect: 'read', operations: 1 }
  const tried: TriedDocument = {
    file: 'a.yaml',
    version: '3.0.3',
    read: 9000,
    computed: 4000,
    planned: 9001,
    memory: 1e8,
    operations: 1,
    cases: 5,
    notReplayed: 0,
    problems: [],
    unplanned: [],
  }
  expect(corpusReport([document], [tried]).status).toBe(0)
  expect(corpusReport([document], [{ ...tried, computed: 5001 }]).text).toContain(
    '5 s is the bound',
  )
  expect(corpusReport([document], [{ ...tried, memory: 2e9 }]).text).toContain('1 GB is the bound')
  expect(corpusReport([document], []).status).toBe(1)
})

test('where there is no corpus it says so', async () => {
  await using folder = await temporaryFolder()
  const { stdout, status } = await runNode(folder.path, [main], { PROOFBOOK_CORPUS: 'nowhere' })
  expect(stdout).toBe(
    ' not asked: there is no nowhere/openapi; PROOFBOOK_CORPUS names the corpus\n',
  )
  expect(status).toBe(0)
})
