import { access, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { runnerImport } from 'vite'
import { UserError } from '../model/user-error.ts'
import { configErrors } from './config-errors.ts'
import { configSchema, type ValidConfig } from './schema.ts'

const names = ['ts', 'mts', 'js', 'mjs'].map((extension) => `proofbook.config.${extension}`)

/** A configuration and the files that it was read from. */
export interface LoadedConfig {
  readonly root: string
  /** Absolute path of the configuration's file. */
  readonly file: string
  readonly config: ValidConfig
  /** Absolute paths of the modules that it imports: a change in one is a change of the config. */
  readonly dependencies: readonly string[]
}

/** The absolute path of the configuration in a folder, or `undefined` where there is none. */
const findConfig = async (root: string): Promise<string | undefined> => {
  for (const name of names) {
    const file = join(root, name)
    if (
      await access(file).then(
        () => true,
        () => false,
      )
    )
      return file
  }
  return undefined
}

const imported = async (root: string, file: string) => {
  try {
    return await runnerImport<{ default?: unknown }>(file, {
      root,
      configFile: false,
      logLevel: 'silent',
    })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new UserError({
      problem: `the configuration cannot be loaded: ${message.replaceAll(`${root}/`, '')}`,
      place: { file: relative(root, file) },
      fix: 'mend the module; `node --check` shows errors of syntax',
    })
  }
}

/**
 * Checks what a configuration says. `file` is relative to the root; `source` is its text, in which
 * the places of mistakes are looked up.
 *
 * Throws a `UserError` that lists every mistake at once.
 */
export const validateConfig = (value: unknown, file: string, source: string): ValidConfig => {
  const result = configSchema.safeParse(value)
  if (result.success) return result.data
  const [first, ...others] = configErrors(result.error.issues, {
    file,
    source,
    value,
    schema: configSchema,
  })
  throw new UserError(
    first ?? { problem: 'the configuration is not valid', place: { file } },
    others,
  )
}

/**
 * Reads `proofbook.config.ts` of a folder.
 *
 * Throws a `UserError` where there is none, where it cannot be loaded, and for each mistake in it.
 */
export const loadConfig = async (root: string): Promise<LoadedConfig> => {
  if (/[#?]/.test(root))
    throw new UserError({
      problem: 'the path of the project has a # or a ? in it, and Vite can load nothing from there',
      place: { file: root },
      fix: 'move or rename the folder',
    })
  const file = await findConfig(root)
  if (file === undefined)
    throw new UserError({
      problem: 'there is no proofbook.config.ts',
      place: { file: root },
      expected: 'a file proofbook.config.ts that exports defineConfig({ integrations: … })',
      fix: 'write one, or name a contract or spec and a provider: npx proofbook verify FILE --url URL',
    })
  const { module, dependencies } = await imported(root, file)
  const name = relative(root, file)
  if (module.default === undefined)
    throw new UserError({
      problem: 'the configuration has no default export',
      place: { file: name },
      fix: 'export default defineConfig({ integrations: … })',
    })
  const config = validateConfig(module.default, name, await readFile(file, 'utf8'))
  return {
    root,
    file,
    config,
    dependencies: dependencies.map((path) => join(root, relative(root, path))),
  }
}

/**
 * The same, and `undefined` where there is no configuration: some commands need none.
 *
 * Throws what {@link loadConfig} throws.
 */
export const loadConfigIfAny = async (root: string): Promise<LoadedConfig | undefined> =>
  (await findConfig(root)) === undefined ? undefined : loadConfig(root)
