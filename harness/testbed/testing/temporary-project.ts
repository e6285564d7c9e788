import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A folder with files in it, which is gone when it is disposed of. */
export interface TemporaryProject extends AsyncDisposable {
  readonly root: string
  /** Writes a file, and the folders on the way to it; returns its absolute path. */
  write(path: string, content: string | Uint8Array): Promise<string>
}

/**
 * Makes a project of a user's for a test.
 *
 * @example
 * await using project = await temporaryProject({ 'migrations/1.sql': 'CREATE TABLE t (id int)' })
 */
export const temporaryProject = async (
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<TemporaryProject> => {
  const root = await mkdtemp(join(tmpdir(), 'proofbook-project-'))
  const write: TemporaryProject['write'] = async (path, content) => {
    const absolute = join(root, path)
    await mkdir(dirname(absolute), { recursive: true })
    await writeFile(absolute, content)
    return absolute
  }
  for (const [path, content] of Object.entries(files)) await write(path, content)
  return {
    root,
    write,
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  }
}
