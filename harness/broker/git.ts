import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** What git says of a work tree; every part is absent where it says nothing. */
export interface GitState {
  readonly commit?: string
  /** Absent where HEAD is detached. */
  readonly branch?: string
  /** Whether files differ from the commit. */
  readonly changed: boolean
}

const asked = async (root: string, ...args: readonly string[]): Promise<string | undefined> => {
  try {
    const { stdout } = await run('git', args, { cwd: root, timeout: 10_000 })
    return stdout.trim() === '' ? undefined : stdout.trim()
  } catch {
    return undefined
  }
}

/** Asks git; a folder that is no work tree, or a machine without git, has an empty answer. */
export const gitState = async (root: string): Promise<GitState> => {
  const [commit, branch, changes] = await Promise.all([
    asked(root, 'rev-parse', '--verify', 'HEAD'),
    asked(root, 'symbolic-ref', '--short', '--quiet', 'HEAD'),
    asked(root, 'status', '--porcelain', '--untracked-files=no'),
  ])
  return {
    ...(commit === undefined ? {} : { commit }),
    ...(branch === undefined ? {} : { branch }),
    changed: changes !== undefined,
  }
}
