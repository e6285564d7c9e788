/**
 * `npm run corpus`: the Pact specification's own cases through the whole path of a contract.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { corpusReport } from './report.ts'
import { readCorpus } from './specification-case.ts'
import { tryCase, type TriedCase } from './try-case.ts'

const folder = join(process.env['PROOFBOOK_CORPUS'] ?? '../shared/corpus', 'pact')

if (existsSync(folder)) {
  const cases = await readCorpus(folder)
  const tried: TriedCase[] = []
  for (const one of cases) if (one.part !== 'request') tried.push(await tryCase(one))
  const { text, status } = corpusReport(cases, tried)
  process.stdout.write(text)
  process.exitCode = status
} else {
  process.stdout.write(` not asked: there is no ${folder}; PROOFBOOK_CORPUS names the corpus\n`)
}
