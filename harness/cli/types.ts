import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import openapiTypescript, { astToString, COMMENT_HEADER } from 'openapi-typescript'
import { loadConfig } from '../config/load.ts'
import { UserError } from '../model/user-error.ts'
import { checkFences } from './check-fences.ts'
import { typesFile } from './types-file.ts'

const generated = async (root: string, spec: string): Promise<string> => {
  try {
    const ast = await openapiTypescript(pathToFileURL(join(root, spec)), { silent: true })
    return `${COMMENT_HEADER}${astToString(ast)}`
  } catch (error) {
    throw new UserError({
      problem: `no types can be made: ${error instanceof Error ? error.message : String(error)}`,
      place: { file: spec },
      fix: `npx proofbook verify ${spec} lists what is wrong with it`,
    })
  }
}

const stale = (spec: string): UserError =>
  new UserError({
    problem: 'the types are not those of the document',
    place: { file: typesFile(spec) },
    expected: `what openapi-typescript makes of ${spec}`,
    fix: 'npx proofbook types',
  })

/** `proofbook types`: writes the types of each spec beside it, or checks that they are current. */
export const types = async (options: { readonly check?: boolean }): Promise<void> => {
  const loaded = await loadConfig(process.cwd())
  const { root, config } = loaded
  const specs = new Set(Object.values(config.integrations).flatMap(({ spec }) => spec ?? []))
  for (const spec of specs) {
    const text = await generated(root, spec)
    const file = join(root, typesFile(spec))
    const current = await readFile(file, 'utf8').catch(() => undefined)
    if (current === text) continue
    if (options.check === true) throw stale(spec)
    await writeFile(file, text)
    process.stdout.write(` wrote ${typesFile(spec)}\n`)
  }
  if (options.check !== true) return
  const pages = await checkFences(loaded)
  process.stdout.write(
    ` types are current (${specs.size} specs), fences compile (${pages} guides)\n`,
  )
}
