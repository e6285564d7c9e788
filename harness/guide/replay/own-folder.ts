import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder that is made when it is first asked for. */
export interface OwnFolder {
  path(): Promise<string>
  /** Takes it away, with all that is in it. Never rejects. */
  close(): Promise<void>
}

/** @example const folder = openOwnFolder() */
export const openOwnFolder = (): OwnFolder => {
  let made: Promise<string> | undefined
  return {
    path: () => {
      made ??= mkdtemp(join(tmpdir(), 'proofbook-commands-'))
      return made
    },
    close: async () => {
      if (made !== undefined)
        await made.then((path) => rm(path, { recursive: true, force: true })).catch(() => {})
    },
  }
}
