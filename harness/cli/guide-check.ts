import { loadConfig } from '../config/load.ts'
import { checkGuide } from '../guide/check/check-guide.ts'
import type { Doubt } from '../guide/check/doubt.ts'
import { UserError } from '../model/user-error.ts'
import { counted } from '../model/counted.ts'
import { knownFacts } from '../cross-check/known-facts.ts'
import { projectFiles } from '../cross-check/project-files.ts'
import { guideFiles, integrationsOf, readGuideFile } from './guide-files.ts'

const lineOf = ({ severity, parts }: Doubt): string =>
  severity === 'wrong' ? new UserError(parts).message : `note: ${new UserError(parts).message}`

/**
 * `proofbook guide check`: what pages say that is provably wrong, without running anything. Exit
 * status 1 where an adopted page has something wrong.
 */
export const guideCheck = async (named: readonly string[]): Promise<void> => {
  const loaded = await loadConfig(process.cwd())
  const { root } = loaded
  const factsOf = knownFacts(loaded)
  const targets = projectFiles(root)
  const files = await guideFiles(loaded, named)
  let wrong = 0
  let notes = 0
  for (const file of files) {
    const { guide, doubts } = await checkGuide(
      file,
      await readGuideFile(root, file),
      (page) => factsOf(integrationsOf(page, loaded)),
      targets,
    )
    for (const doubt of doubts) process.stdout.write(`${lineOf(doubt)}\n`)
    const bad = doubts.filter(({ severity }) => severity === 'wrong').length
    wrong += bad
    notes += doubts.length - bad
    if (bad > 0 && guide.adopted) process.exitCode = 1
  }
  process.stdout.write(
    `${counted(files.length, 'page')}, ${wrong} wrong, ${counted(notes, 'note')}\n`,
  )
}
