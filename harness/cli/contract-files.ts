import { readFile } from 'node:fs/promises'
import { relative, resolve, sep } from 'node:path'
import type { ContractFile } from '../broker/publish-contracts.ts'
import { readContract } from '../contract/read/read.ts'
import { UserError } from '../model/user-error.ts'

/**
 * Contracts with their texts, by paths from the working folder.
 *
 * Throws a `UserError` for a file that is not there or no contract.
 */
export const contractFiles = async (
  root: string,
  files: readonly string[],
): Promise<readonly ContractFile[]> =>
  Promise.all(
    files.map(async (given) => {
      const file = relative(root, resolve(root, given)).split(sep).join('/')
      const text = await readFile(resolve(root, file), 'utf8').catch(() => {
        throw new UserError({
          problem: 'there is no such file, or it cannot be read',
          place: { file },
          fix: 'name a contract by its path',
        })
      })
      return { contract: readContract(file, text), text }
    }),
  )
