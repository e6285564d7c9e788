import { readdir, realpath, stat } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import { UserError } from '../../model/user-error.ts'

/** The files of a folder of mappings. */
export interface MappingFolder {
  /** Absolute paths of the `.json` files, in order of their names. */
  readonly files: readonly string[]
  /** Where bodies lie that mappings name. */
  readonly bodies: string
  /** Real path of the folder: nothing outside of it is read. */
  readonly base: string
}

const filesMax = 5000
const depthMax = 16

/** How a path is shown: relative to the project's root, with forward slashes. */
export const shownPath = (root: string, path: string): string =>
  relative(root, path).split(sep).join('/') || '.'

/**
 * Refuses a path that leads out of a folder, also by a link. Throws `UserError` naming `file`.
 *
 * @returns the real path
 */
export const insideOf = async (base: string, path: string, file: string): Promise<string> => {
  const real = await realpath(path).catch(() => undefined)
  // Said of both alike, so that a mapping cannot ask what exists outside.
  if (real === undefined || (real !== base && !real.startsWith(base + sep)))
    throw new UserError({
      problem: `there is no "${relative(base, path)}" in the folder of mappings`,
      place: { file },
      expected: 'a file inside of the folder that proofbook.config.ts names as mappings',
      fix: 'put the file there, or correct its name',
    })
  return real
}

const jsonUnder = async (folder: string, depth: number): Promise<readonly string[]> => {
  const entries = await readdir(folder, { withFileTypes: true })
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory())
        return entry.name === '__files' || depth >= depthMax ? [] : jsonUnder(path, depth + 1)
      return entry.name.endsWith('.json') ? [path] : []
    }),
  )
  return found.flat()
}

const isFolder = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined))?.isDirectory() === true

/**
 * Lists the mapping files of a folder: those under `mappings/` where it has WireMock's own layout,
 * else all of its own.
 *
 * Throws `UserError` where the folder is missing, holds none, or more than 5000.
 */
export const listMappingFiles = async (root: string, path: string): Promise<MappingFolder> => {
  const folder = resolve(root, path)
  const file = shownPath(root, folder)
  if (!(await isFolder(folder)))
    throw new UserError({
      problem: 'there is no such folder of mappings',
      place: { file },
      expected: "the folder that proofbook.config.ts names, relative to the project's root",
      fix: 'correct the path in proofbook.config.ts',
    })
  const base = await realpath(folder)
  const own = join(base, 'mappings')
  const files = (await jsonUnder((await isFolder(own)) ? own : base, 0)).toSorted()
  if (files.length === 0 || files.length > filesMax)
    throw new UserError({
      problem:
        files.length === 0
          ? 'the folder holds no mapping'
          : `the folder holds ${files.length} mappings, and ${filesMax} is the bound`,
      place: { file },
      expected: 'files named *.json, in the folder itself or under mappings/',
      fix:
        files.length === 0
          ? 'add a mapping, or take "mappings" out of proofbook.config.ts: states and steps can put them'
          : 'name a smaller folder',
    })
  return { files, bodies: join(base, '__files'), base }
}
