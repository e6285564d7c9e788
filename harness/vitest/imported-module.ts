import { UserError } from '../model/user-error.ts'

/** A module that the config names, as the generated module imported it, or why it could not. */
export interface ImportedModule {
  /** Relative to the root. */
  readonly file: string
  readonly exports?: unknown
  readonly error?: unknown
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).split('\n')[0] ?? ''

/** The line of the module at which it threw, where its stack says so. */
const lineIn = (file: string, error: unknown): number | undefined => {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  const line = stack.split('\n').find((frame) => frame.includes(`${file}:`))
  const match = line === undefined ? null : /:(\d+):\d+\)?$/.exec(line)
  return match === null ? undefined : Number(match[1])
}

/**
 * What a module exports. `what` is what it holds, in words: `state handlers`; `key` is where the
 * config names it: `provider.states.module`.
 *
 * Throws a `UserError` that names the module where it is missing, has an error in it, or throws.
 */
export const exportsOf = (
  { file, exports, error }: ImportedModule,
  what: string,
  key: string,
  expected = `a module whose default export holds the ${what}, by name`,
): unknown => {
  if (error === undefined) return exports
  const line = lineIn(file, error)
  throw new UserError({
    problem: `the module of ${what} cannot be loaded: ${firstLine(error)}`,
    place: line === undefined ? { file } : { file, line },
    expected,
    fix: `mend it, or name another in ${key} of proofbook.config.ts`,
  })
}
