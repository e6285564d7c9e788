import { readFile } from 'node:fs/promises'
import { join, matchesGlob, relative, resolve, sep } from 'node:path'
import { loadConfig, type LoadedConfig } from '../config/load.ts'
import { checkGuide } from '../guide/check/check-guide.ts'
import type { Doubt } from '../guide/check/doubt.ts'
import type { Guide } from '../guide/types.ts'
import { UserError } from '../model/user-error.ts'
import { discover, listed } from '../vitest/roots.ts'
import { counted } from '../model/counted.ts'
import { knownFacts } from '../cross-check/known-facts.ts'
import { projectFiles } from '../cross-check/project-files.ts'

const filesOf = async (
  { root, config }: LoadedConfig,
  named: readonly string[],
): Promise<readonly string[]> => {
  if (named.length > 0)
    return named.map((file) => relative(root, resolve(root, file)).split(sep).join('/'))
  const { roots } = await discover(root, config)
  const guides = roots.filter(({ kind }) => kind === 'guide').map(({ file }) => file)
  if (guides.length > 0) return guides
  throw new UserError({
    problem: 'there is no guide to check',
    expected: 'a page in guides/ whose front matter names an integration',
    fix: 'npx proofbook guide import OLD takes over pages that you have',
  })
}

const read = async (root: string, file: string): Promise<string> => {
  try {
    return await readFile(join(root, file), 'utf8')
  } catch {
    throw new UserError({ problem: 'there is no such page', place: { file } })
  }
}

/** The integrations of a page: by its front matter, else by the config's entries. */
const integrationsOf = ({ integrations, file }: Guide, { config }: LoadedConfig) =>
  integrations.length > 0
    ? integrations
    : Object.entries(config.integrations).flatMap(([name, { guides }]) =>
        listed(guides).some((glob) => matchesGlob(file, glob)) ? [name] : [],
      )

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
  const files = await filesOf(loaded, named)
  let wrong = 0
  let notes = 0
  for (const file of files) {
    const { guide, doubts } = await checkGuide(
      file,
      await read(root, file),
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
