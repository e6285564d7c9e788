import { readFile } from 'node:fs/promises'
import { join, matchesGlob, relative, resolve, sep } from 'node:path'
import type { LoadedConfig } from '../config/load.ts'
import type { Guide } from '../guide/types.ts'
import { UserError } from '../model/user-error.ts'
import { discover, listed } from '../vitest/roots.ts'

/** The guides that a command names, or all of the config. Throws where there is none. */
export const guideFiles = async (
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

/** The text of a page. Throws where it is not there. */
export const readGuideFile = async (root: string, file: string): Promise<string> => {
  try {
    return await readFile(join(root, file), 'utf8')
  } catch {
    throw new UserError({ problem: 'there is no such page', place: { file } })
  }
}

/** The integrations of a page: by its front matter, else by the config's entries. */
export const integrationsOf = ({ integrations, file }: Guide, { config }: LoadedConfig) =>
  integrations.length > 0
    ? integrations
    : Object.entries(config.integrations).flatMap(([name, { guides }]) =>
        listed(guides).some((glob) => matchesGlob(file, glob)) ? [name] : [],
      )
