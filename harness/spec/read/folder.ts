import { readFile, realpath, stat } from 'node:fs/promises'
import { dirname, extname, relative, resolve, sep } from 'node:path'
import { UserError } from '../../model/user-error.ts'
import { parseSource, type Source } from './source.ts'

/** No file of a document may be larger, nor all of them together (bytes). */
const bytesMax = 50 * 1024 * 1024
const filesMax = 10_000

/** Loads the files of one document, and no file outside of its folder. */
export interface Folder {
  /** Throws `UserError` for a file that is missing, outside, too large, or no YAML or JSON. */
  load(absolutePath: string): Promise<Source>
}

/**
 * Opens the folder in which a document's references may lead. Links in the file system are
 * followed before it is asked whether a file lies inside.
 */
export const openFolder = async (root: string, folder: string): Promise<Folder> => {
  const inside = await realpath(folder)
  const realRoot = await realpath(root)
  let bytes = 0
  let files = 0
  const shownPath = (path: string): string => relative(realRoot, path).split(sep).join('/')

  const load = async (absolutePath: string): Promise<Source> => {
    const shown = shownPath(absolutePath)
    const path = await realpath(absolutePath).catch(() => undefined)
    if (path === undefined) {
      throw new UserError({ problem: 'There is no such file.', place: { file: shown } })
    }
    if (path !== inside && !path.startsWith(inside.endsWith(sep) ? inside : inside + sep)) {
      throw new UserError({
        problem: 'It lies outside of the folder of the document that refers to it.',
        place: { file: shown },
        expected: `a file in ${shownPath(inside) || '.'}`,
        fix: 'move it there',
      })
    }
    const { size } = await stat(path)
    bytes += size
    files += 1
    if (bytes > bytesMax || files > filesMax) {
      throw new UserError({
        problem: 'The document is too large.',
        place: { file: shown },
        expected: `at most ${bytesMax / 1024 / 1024} MB in at most ${filesMax} files`,
      })
    }
    const text = new TextDecoder().decode(await readFile(path))
    const name = shownPath(path)
    return parseSource(text, extname(path) === '' && name === '' ? shown : name)
  }
  return { load }
}

/** The absolute path that a relative reference in a file means. */
export const pathOfReference = (from: string, reference: string): string =>
  resolve(dirname(from), reference)
