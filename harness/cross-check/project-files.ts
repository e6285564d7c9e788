import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { LinkTargets } from '../guide/check/links.ts'

const sizeMax = 1024 * 1024

/** The files of a project, as links of its pages lead to them. One that is no short text is empty. */
export const projectFiles = (root: string): LinkTargets => ({
  exists: (path) =>
    stat(join(root, path)).then(
      () => true,
      () => false,
    ),
  read: async (path) => {
    const found = await stat(join(root, path)).catch(() => undefined)
    if (found?.isFile() !== true || found.size > sizeMax) return ''
    return readFile(join(root, path), 'utf8')
  },
})
