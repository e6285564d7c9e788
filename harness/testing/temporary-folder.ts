import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A folder that is gone when its test is over. */
export interface TemporaryFolder extends AsyncDisposable {
  readonly path: string
  write(file: string, text: string): Promise<string>
}

/**
 * Makes a folder with these files in it.
 *
 * @example
 * await using folder = await temporaryFolder({ 'contracts/a.json': '{}' })
 */
export const temporaryFolder = async (
  files: Readonly<Record<string, string>> = {},
): Promise<TemporaryFolder> => {
  const path = await mkdtemp(join(tmpdir(), 'proofbook-test-'))
  const write = async (file: string, text: string): Promise<string> => {
    const target = join(path, file)
    await mkdir(dirname(target), { recursive: true })
    await writeFile(target, text)
    return target
  }
  for (const [file, text] of Object.entries(files)) await write(file, text)
  return {
    path,
    write,
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  }
}
