import { stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Identity } from './identity.ts'

const read = 4
const enter = 1

/** Whether the permission bits of a file let a user do something, by its class (owner, group, other). */
export const allows = (
  stats: { readonly mode: number; readonly uid: number; readonly gid: number },
  { uid, gid }: Identity,
  bit: number,
): boolean => {
  const shift = stats.uid === uid ? 6 : stats.gid === gid ? 3 : 0
  return ((stats.mode >> shift) & bit) === bit
}

const ancestors = (path: string): readonly string[] => {
  const parent = dirname(path)
  return parent === path ? [path] : [...ancestors(parent), path]
}

/**
 * Whether a user may enter every folder on the way to a file or folder and read it. Looks at
 * permission bits only, not at access control lists.
 */
export const isReachable = async (path: string, identity: Identity): Promise<boolean> => {
  const absolute = resolve(path)
  for (const folder of ancestors(dirname(absolute)))
    if (!allows(await stat(folder), identity, enter)) return false
  return allows(await stat(absolute), identity, read)
}
