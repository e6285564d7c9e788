import { stat } from 'node:fs/promises'
import { relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Blocked, UserError } from '../../model/user-error.ts'
import type { Custody } from '../custody.ts'

/** Where a dependency listens, as its hooks are told. */
export interface Listening {
  readonly url: string
  readonly host: string
  readonly port: number
}

/** A hook of the user's, by the path of its module. */
export interface Hook {
  readonly name: 'ready' | 'reset'
  /** Relative to the root. */
  readonly module: string
  readonly root: string
  readonly environment: Readonly<Record<string, string>>
  readonly withinMilliseconds: number
}

/** Beside this file, under the ending that it has itself: `.ts` here, `.js` in the package. */
const runner = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './run-hook.ts' : './run-hook.js', import.meta.url),
)

/**
 * Runs a hook in a process of its own and waits for its end.
 *
 * Throws a `UserError` where there is no such module, and `Blocked` with its last lines where it
 * fails or does not end in time.
 */
export const runHook = async (
  custody: Custody,
  { name, module, root, environment, withinMilliseconds }: Hook,
  listening: Listening,
): Promise<void> => {
  const path = resolve(root, module)
  const file = relative(root, path).replaceAll('\\', '/')
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile() !== true)
    throw new UserError({
      problem: 'there is no such module',
      place: { file },
      expected: `a module that exports a function ${name}({ url, host, port })`,
      fix: 'correct the path in proofbook.config.ts',
    })
  const owned = await custody.spawn(process.execPath, [runner, path, name], {
    cwd: root,
    environment: { ...environment, PROOFBOOK_DEPENDENCY: JSON.stringify(listening) },
  })
  let late = false
  const timer = setTimeout(() => {
    late = true
    void owned.stop()
  }, withinMilliseconds)
  const { code, signal } = await owned.exited
  clearTimeout(timer)
  if (code === 0) return
  throw new Blocked({
    problem: late
      ? `The hook ${name} of ${file} did not end within ${withinMilliseconds / 1000} s.`
      : `The hook ${name} of ${file} ended with ${signal ?? `exit status ${code}`}.`,
    fix: 'read its output, which follows',
    log: owned.log().slice(-20).join('\n'),
  })
}
