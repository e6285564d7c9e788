import { UserError } from '../../model/user-error.ts'
import type { JsonValue } from '../json.ts'
import { pathOfReference, type Folder } from './folder.ts'
import type { Source } from './source.ts'

/** All files of a document by absolute path; those that could not be loaded hold the reason. */
export type Files = ReadonlyMap<string, Source | UserError>

/** A reference to a file, without its fragment: neither local nor a URL. */
export const filePartOf = (reference: string): string | undefined => {
  const [path = ''] = reference.split('#', 1)
  if (path === '' || /^[a-z][a-z0-9+.-]+:/i.test(path) || path.startsWith('//')) return undefined
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

const referencesIn = (value: JsonValue, found: Set<string> = new Set()): ReadonlySet<string> => {
  if (typeof value !== 'object' || value === null) return found
  for (const [key, child] of Object.entries(value)) {
    if (key === '$ref' && typeof child === 'string') found.add(child)
    else referencesIn(child, found)
  }
  return found
}

/**
 * Loads every file that a document refers to, directly or through others. A `$ref` in an example
 * may be plain data, so a file that cannot be loaded is kept with its reason: it is a problem only
 * where a real reference asks for it.
 */
export const crawl = async (rootPath: string, root: Source, folder: Folder): Promise<Files> => {
  const files = new Map<string, Source | UserError>([[rootPath, root]])
  const waiting: [path: string, source: Source][] = [[rootPath, root]]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [from, source] = next
    for (const reference of referencesIn(source.value)) {
      const part = filePartOf(reference)
      if (part === undefined) continue
      const path = pathOfReference(from, part)
      if (files.has(path)) continue
      try {
        const loaded = await folder.load(path)
        files.set(path, loaded)
        waiting.push([path, loaded])
      } catch (error) {
        if (!(error instanceof UserError)) throw error
        files.set(path, error)
      }
    }
  }
  return files
}
