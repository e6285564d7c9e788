import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

/** Where servers lie that are not meant for everybody's PATH. */
const serverFolders = ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/sbin', '/opt/homebrew/bin']

const isExecutable = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  )

/**
 * The absolute path of the first of these programs that the PATH, or a folder where servers usually
 * lie, holds; `undefined` where there is none.
 *
 * @example
 * await findProgram(['redis-server', 'valkey-server'], process.env.PATH) // '/usr/bin/redis-server'
 */
export const findProgram = async (
  names: readonly string[],
  path = '',
  alsoIn: readonly string[] = serverFolders,
): Promise<string | undefined> => {
  const folders = [...path.split(delimiter).filter((folder) => folder !== ''), ...alsoIn]
  for (const name of names)
    for (const folder of folders) {
      const candidate = join(folder, name)
      if (await isExecutable(candidate)) return candidate
    }
  return undefined
}
