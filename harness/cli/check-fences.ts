import { readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import type ts from 'typescript'
import type { LoadedConfig } from '../config/load.ts'
import { compileGuide } from '../guide/compile.ts'
import { readGuide } from '../guide/read/read-guide.ts'
import { UserError, type UserErrorParts } from '../model/user-error.ts'
import { discover } from '../vitest/roots.ts'
import { typesFile } from './types-file.ts'

const typescript = async (): Promise<typeof ts> => {
  try {
    return (await import('typescript')).default
  } catch {
    throw new UserError({
      problem: 'fences cannot be type-checked without the TypeScript compiler',
      fix: 'npm install --save-dev typescript@5',
    })
  }
}

/** The pages that an integration with a spec is named for, compiled: path of the module → its text. */
const compiledPages = async ({
  root,
  config,
}: LoadedConfig): Promise<ReadonlyMap<string, string>> => {
  const { roots } = await discover(root, config)
  const pages = new Map<string, string>()
  for (const { file } of roots.filter(({ kind }) => kind === 'guide')) {
    const guide = readGuide(file, await readFile(join(root, file), 'utf8'))
    const [name = ''] = guide.integrations
    const spec = config.integrations[name]?.spec
    const types = spec === undefined ? undefined : relative(dirname(file), typesFile(spec))
    const specTypes = types === undefined ? undefined : types.startsWith('.') ? types : `./${types}`
    const { code } = compileGuide(guide, specTypes === undefined ? {} : { specTypes })
    pages.set(join(root, `${file}.ts`), code)
  }
  return pages
}

const optionsIn = (compiler: typeof ts, root: string): ts.CompilerOptions => {
  const file = compiler.findConfigFile(root, (path) => compiler.sys.fileExists(path))
  const read =
    file === undefined
      ? undefined
      : compiler.readConfigFile(file, (path) => compiler.sys.readFile(path))
  const own = compiler.parseJsonConfigFileContent(read?.config ?? {}, compiler.sys, root).options
  return {
    ...own,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    module: compiler.ModuleKind.NodeNext,
    moduleResolution: compiler.ModuleResolutionKind.NodeNext,
    target: compiler.ScriptTarget.ESNext,
    // A page is no module of the user's program: what it does not use is no mistake in it.
    noUnusedLocals: false,
    noUnusedParameters: false,
    incremental: false,
    composite: false,
    declaration: false,
  }
}

const partsOf = (compiler: typeof ts, root: string, diagnostic: ts.Diagnostic): UserErrorParts => {
  const problem = compiler.flattenDiagnosticMessageText(diagnostic.messageText, '\n  ')
  if (diagnostic.file === undefined || diagnostic.start === undefined) return { problem }
  const { line, character } = diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start)
  const file = relative(root, diagnostic.file.fileName).replace(/\.md\.ts$/, '.md')
  return { problem, place: { file, line: line + 1, column: character + 1 } }
}

/**
 * Type-checks the `ts` fences of all guides against the types of their integration's spec, and gives
 * the number of pages.
 *
 * Throws a `UserError` with every mistake at its line and column of the Markdown.
 */
export const checkFences = async (loaded: LoadedConfig): Promise<number> => {
  const pages = await compiledPages(loaded)
  if (pages.size === 0) return 0
  const compiler = await typescript()
  const options = optionsIn(compiler, loaded.root)
  const host = compiler.createCompilerHost(options)
  const fileExists = host.fileExists.bind(host)
  const readText = host.readFile.bind(host)
  // Replaced in the host itself: its own getSourceFile reads through them.
  host.fileExists = (path) => pages.has(path) || fileExists(path)
  host.readFile = (path) => pages.get(path) ?? readText(path)
  const program = compiler.createProgram([...pages.keys()], options, host)
  const diagnostics = [...pages.keys()].flatMap((path) => {
    const source = program.getSourceFile(path)
    // Without it TypeScript would check nothing and find nothing wrong.
    if (source === undefined) throw new Error(`the compiler was not given ${path}`)
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
  })
  const [first, ...others] = diagnostics.map((one) => partsOf(compiler, loaded.root, one))
  if (first !== undefined) throw new UserError(first, others)
  return pages.size
}
