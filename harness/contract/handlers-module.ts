import { isRecord } from '../model/is-record.ts'
import { UserError } from '../model/user-error.ts'

/**
 * The default export of a module that handles what contracts ask for by name.
 *
 * `what` is what it holds, in words: `state handlers`; `expected` shows one. Throws a `UserError` that
 * names the file where the export is no object.
 *
 * @example
 * defaultExportOf(file, await import(path), { what: 'state handlers', short: 'handlers', expected })
 */
export const defaultExportOf = (
  file: string,
  module: unknown,
  { what, short, expected }: Readonly<Record<'what' | 'short' | 'expected', string>>,
): Readonly<Record<string, unknown>> => {
  const exported = isRecord(module) ? module['default'] : undefined
  if (isRecord(exported)) return exported
  throw new UserError({
    problem: `the module of ${what} has no default export that is an object`,
    place: { file },
    expected,
    fix: `export the ${short} as default`,
  })
}
