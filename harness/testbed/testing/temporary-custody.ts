import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { openCustody, type OpenCustody } from '../custody/open-custody.ts'
import { memoryFolder } from './memory-folder.ts'

/**
 * A custody of a test's own, apart from the runs of this machine; in memory where there is a folder
 * for that, or in the given one. Disposing of it ends everything in it.
 *
 * @example
 * await using custody = await temporaryCustody()
 */
export const temporaryCustody = async (base?: string): Promise<OpenCustody & AsyncDisposable> => {
  const runs = await mkdtemp(join(base ?? (await memoryFolder()), 'proofbook-test-'))
  await chmod(runs, 0o711)
  const custody = await openCustody([runs])
  return {
    ...custody,
    [Symbol.asyncDispose]: async () => {
      await custody.close()
      await rm(runs, { recursive: true, force: true })
    },
  }
}
