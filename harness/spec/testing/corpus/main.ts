/**
 * `npm run corpus`: OpenAPI documents that nobody of this project wrote, read and planned. Each is
 * tried in a process of its own, so that its time and memory are its own.
 */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { corpusDocuments, tryDocument, type TriedDocument } from './document.ts'
import { corpusReport } from './report.ts'

const folder = join(process.env['PROOFBOOK_CORPUS'] ?? '../shared/corpus', 'openapi')
const run = promisify(execFile)
const [file] = process.argv.slice(2)

/** Nothing that is read may take longer; more than this is no bound on time but a circle. */
const timeout = 120_000
const maxBuffer = 256 * 1024 * 1024

const tryApart = async (one: string): Promise<TriedDocument> => {
  const program = ['--no-warnings', import.meta.filename, one]
  const { stdout } = await run(process.execPath, program, { timeout, maxBuffer })
  return JSON.parse(stdout) as TriedDocument
}

const tryAll = async (): Promise<void> => {
  const documents = await corpusDocuments(folder)
  const waiting = [...documents]
  const tried: TriedDocument[] = []
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      tried.push(await tryApart(next.file))
  }
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, worker))
  const { text, status } = corpusReport(documents, tried)
  process.stdout.write(text)
  process.exitCode = status
}

if (file !== undefined) process.stdout.write(JSON.stringify(await tryDocument(folder, file)))
else if (existsSync(folder)) await tryAll()
else process.stdout.write(` not asked: there is no ${folder}; PROOFBOOK_CORPUS names the corpus\n`)
