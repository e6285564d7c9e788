import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runnerImport } from 'vite'
import { locateInDefaultExport } from '../config/locate.ts'
import type { Handling } from '../contract/handled.ts'
import { UserError } from '../model/user-error.ts'

const imported = async (root: string, file: string): Promise<unknown> => {
  try {
    const options = { root, configFile: false, logLevel: 'silent' } as const
    return (await runnerImport(join(root, file), options)).module
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new UserError({
      problem: `the module cannot be loaded: ${message.replaceAll(`${root}/`, '')}`,
      place: { file },
      fix: 'mend it, or name another in proofbook.config.ts',
    })
  }
}

/**
 * Who handles provider states or messages: the handlers of a module with the lines where they
 * stand, or a path of the provider. `read` checks the module's export.
 *
 * Throws a `UserError` where the module cannot be loaded, and what `read` throws.
 */
export const loadHandling = async (
  root: string,
  named: { readonly module: string } | { readonly path: string } | undefined,
  read: (file: string, module: unknown) => Readonly<Record<string, unknown>>,
): Promise<Handling | undefined> => {
  if (named === undefined || 'path' in named) return named
  const file = named.module
  const names = Object.keys(read(file, await imported(root, file)))
  const source = await readFile(join(root, file), 'utf8')
  const places = names.map((name) => {
    const at = locateInDefaultExport(source, [name]) ?? { line: 1, column: 1 }
    return [name, { file, ...at }] as const
  })
  return { file, handlers: new Map(places) }
}
