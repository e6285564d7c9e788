import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A folder that is gone when its test is over. */
export interface TemporaryFolder extends AsyncDisposable {
  readonly path: string
  /** Writes a file, and the folders on the way to it; returns its absolute path. */
  write(file: string, content: string | Uint8Array): Promise<string>
}

/**
 * Makes a folder with these files in it.
 *
 * @example
 * await using folder = await temporaryFolder({ 'contracts/a.json': '{}' })
 */
export const temporaryFolder = async (
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<TemporaryFolder> => {
  const path = await mkdtemp(join(tmpdir(), 'proofbook-test-'))
  const write: TemporaryFolder['write'] = async (file, content) => {
    const target = join(path, file)
    await mkdir(dirname(target), { recursive: true })
    await writeFile(target, content)
    return target
  }
  for (const [file, content] of Object.entries(files)) await write(file, content)
  return {
    path,
    write,
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  }
}
