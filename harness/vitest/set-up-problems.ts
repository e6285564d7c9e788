import { matchesGlob, relative } from 'node:path'
import type { LoadedConfig } from '../config/load.ts'
import type { IntegrationConfig } from '../config/schema.ts'
import { UserError } from '../model/user-error.ts'
import { type Discovered, type FileKind, namedGlobs } from './roots.ts'

const fields = { contract: 'contracts', spec: 'spec', guide: 'guides' } as const

/** The field of the configuration that names these files. */
const fieldOf = (kind: FileKind, integration: IntegrationConfig, glob: string): string => {
  const upstream = Object.entries(integration.dependencies ?? {}).find(
    ([, one]) => kind === 'spec' && one.type === 'wiremock' && one.spec === glob,
  )
  return upstream === undefined || integration.spec === glob
    ? fields[kind]
    : `dependencies.${upstream[0]}.spec`
}

const expectedContent = {
  contract: 'an object with consumer, provider and interactions or messages',
  spec: 'a document with a key openapi or swagger',
} as const

/**
 * Files that a glob of the configuration names and that are none of what it says: `{}` in the folder
 * of contracts is a contract that somebody lost, where the configuration asks for it by name.
 */
export const strayFiles = (
  { config }: Pick<LoadedConfig, 'config'>,
  { ignored }: Discovered,
): readonly string[] =>
  Object.entries(config.integrations).flatMap(([name, integration]) =>
    (['contract', 'spec'] as const).flatMap((kind) =>
      ignored
        .filter((file) => namedGlobs(kind, integration).some((glob) => matchesGlob(file, glob)))
        .map(
          (file) =>
            new UserError({
              problem: `integrations.${name}.${fieldOf(kind, integration, file)} names this file, and it is no ${kind}`,
              place: { file },
              expected: expectedContent[kind],
              fix: 'mend it, or name files more narrowly in the configuration',
            }).message,
        ),
    ),
  )

/** Entries that are no files: a contract that was moved away would otherwise just not be replayed. */
export const unusableFiles = ({ unusable }: Discovered): readonly string[] =>
  unusable.map(
    ({ file, problem }) =>
      new UserError({
        problem,
        place: { file },
        expected: 'a file',
        fix: 'put the file itself there, or take this away',
      }).message,
  )

/**
 * What the configuration promises and the folders do not hold: a glob of an integration that names
 * no file. Without this an empty contract folder would be green.
 */
export const missingFiles = (
  { root, file, config }: Pick<LoadedConfig, 'root' | 'file' | 'config'>,
  { roots }: Discovered,
): readonly string[] =>
  Object.entries(config.integrations).flatMap(([name, integration]) =>
    (['contract', 'spec', 'guide'] as const satisfies readonly FileKind[]).flatMap((kind) =>
      namedGlobs(kind, integration)
        .filter((glob) => !roots.some((one) => one.kind === kind && matchesGlob(one.file, glob)))
        .map(
          (glob) =>
            new UserError({
              problem: `integrations.${name}.${fieldOf(kind, integration, glob)} names "${glob}", and there is no such ${kind}`,
              place: { file: relative(root, file) },
              expected: `at least one ${kind} that matches`,
              fix: `put one there, or take "${glob}" out of the configuration`,
            }).message,
        ),
    ),
  )
