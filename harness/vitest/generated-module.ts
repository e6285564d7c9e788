import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Rollup, transformWithOxc } from 'vite'
import type { LoadedConfig } from '../config/load.ts'
import { compileGuide } from '../guide/compile.ts'
import { readGuide } from '../guide/read/read-guide.ts'
import type { Guide } from '../guide/types.ts'
import { lookAtContract } from './contract-look.ts'
import { integrationOfProvider, integrationOfSpec } from './integration-of.ts'
import type { RootFile } from './roots.ts'

/** What a `load` hook returns for a file that is a test. */
export interface GeneratedModule {
  readonly code: string
  readonly map: Rollup.SourceMapInput
  readonly moduleType: 'js'
}

/** Compiled or not, the modules that tests import stand beside this one, with this one's ending. */
const own = (name: string): string =>
  JSON.stringify(
    fileURLToPath(
      new URL(`./${name}${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url),
    ),
  )

/** An import of a module that the config names, and the argument that hands it on. */
const imported = (
  name: string,
  named: { readonly module: string } | { readonly path: string } | undefined,
  root: string,
): { readonly imports: readonly string[]; readonly argument: readonly string[] } => {
  if (named === undefined || !('module' in named)) return { imports: [], argument: [] }
  return {
    // A module that cannot be imported becomes a message, and not Vitest's words about ours.
    imports: [
      `const ${name} = await import(${JSON.stringify(join(root, named.module))}).then(`,
      `  (exports) => ({ file: ${JSON.stringify(named.module)}, exports }),`,
      `  (error) => ({ file: ${JSON.stringify(named.module)}, error }),`,
      `)`,
    ],
    argument: [name],
  }
}

const contractModule = async (file: string, loaded: LoadedConfig): Promise<string> => {
  const { root, config } = loaded
  const look = await lookAtContract(join(root, file))
  const name =
    look.provider === undefined ? undefined : integrationOfProvider(look.provider, config)
  const provider = name === undefined ? undefined : config.integrations[name]?.provider
  const states = imported('states', provider?.states, root)
  const messages = imported('messages', provider?.messages, root)
  const modules = [...states.argument, ...messages.argument].join(', ')
  return [
    `import { testContract } from ${own('test-contract')}`,
    ...states.imports,
    ...messages.imports,
    `await testContract(${JSON.stringify(file)}, { ${modules} })\n`,
  ].join('\n')
}

const specModule = (file: string, { root, config }: LoadedConfig): string => {
  const name = integrationOfSpec(file, config)
  const provider = name === undefined ? undefined : config.integrations[name]?.provider
  const { imports, argument } = imported('beforeRequest', provider?.beforeRequest, root)
  return [
    `import { testSpec } from ${own('test-spec')}`,
    ...imports,
    `await testSpec(${JSON.stringify(file)}, { ${argument.join(', ')} })\n`,
  ].join('\n')
}

/** The stand-ins that a page may need: none, where it has no command or runs none. */
const standIns = ({ adopted }: Guide, text: string, { config }: LoadedConfig): readonly string[] =>
  adopted && /^[ \t>]*(?:`{3,}|~{3,})\s*(?:sh|bash|shell|console)\b/im.test(text)
    ? [...new Set(Object.values(config.commands ?? {}))].filter((module) => module !== true)
    : []

const guideModule = async (file: string, loaded: LoadedConfig): Promise<GeneratedModule> => {
  const { root } = loaded
  const path = join(root, file)
  const text = await readFile(path, 'utf8')
  const guide = readGuide(file, text)
  const { code } = compileGuide(guide)
  const modules = standIns(guide, text, loaded).map((module, index) =>
    imported(`command${index}`, { module }, root),
  )
  // The registration stands behind the guide's own code, whose lines are those of the Markdown.
  const registration = [
    '',
    `import { testGuide } from ${own('test-guide')}`,
    ...modules.flatMap(({ imports }) => imports),
    `await testGuide(${JSON.stringify(file)}, scenarios, [${modules.flatMap(({ argument }) => argument).join(', ')}])`,
    '',
  ].join('\n')
  const transformed = await transformWithOxc(code + registration, path, {
    lang: 'ts',
    sourcemap: true,
  })
  return { code: transformed.code, map: transformed.map ?? null, moduleType: 'js' }
}

/**
 * The module that stands for a contract, a spec or a guide in Vitest. It holds nothing but what
 * comes from the file itself and the paths of what it imports; everything else arrives by `inject`.
 */
export const generatedModule = async (
  { kind, file }: RootFile,
  loaded: LoadedConfig,
): Promise<GeneratedModule> => {
  if (kind === 'guide') return guideModule(file, loaded)
  const code = kind === 'contract' ? await contractModule(file, loaded) : specModule(file, loaded)
  return { code, map: null, moduleType: 'js' }
}
