import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../../model/user-error.ts'
import { bytesMaxDefault, tooLarge } from './decode.ts'

const unreadable = (file: string, problem: string, fix: string): UserError =>
  new UserError({ problem, place: { file }, expected: 'a Pact contract: a JSON file', fix })

const whyOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const known: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file, or it is a link to nothing',
    EACCES: 'reading it is not permitted',
    EPERM: 'reading it is not permitted',
    ELOOP: 'it is a link that leads back to itself',
  }
  return (
    known[code] ?? `it cannot be read: ${error instanceof Error ? error.message : String(error)}`
  )
}

/**
 * The bytes of a contract's file. A device or a pipe would never end, and a file of more than 50 MB
 * is no contract: neither is opened.
 *
 * `file` is relative to `root`. Throws a `UserError` for what cannot be read.
 *
 * @example
 * readContract(file, await contractBytes(root, file))
 */
export const contractBytes = async (root: string, file: string): Promise<Uint8Array> => {
  try {
    const about = await stat(join(root, file))
    if (!about.isFile()) {
      throw unreadable(file, 'this is no regular file', 'put the contract itself there')
    }
    if (about.size > bytesMaxDefault) throw tooLarge(file, about.size, bytesMaxDefault)
    return await readFile(join(root, file))
  } catch (error) {
    if (error instanceof UserError) throw error
    throw unreadable(file, whyOf(error), 'make it readable, or take it out of the folder')
  }
}
