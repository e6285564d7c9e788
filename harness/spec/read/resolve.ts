import { nearest } from '../../model/nearest.ts'
import { UserError } from '../../model/user-error.ts'
import { isObject, type JsonValue } from '../json.ts'
import { below, pointerOf, pointerOfReference, segmentsOf, valueAt } from '../pointer.ts'
import { filePartOf, type Files } from './crawl.ts'
import { pathOfReference } from './folder.ts'

/** Where a part of a document is really written. */
export interface Origin {
  /** Absolute path of the file. */
  readonly path: string
  readonly pointer: string
}

/** Why a reference leads nowhere. */
export interface DeadReference {
  readonly problem: string
  readonly fix?: string
}

/** Pointers of the schemas that have an `$id` or an anchor, by what a reference may call them. */
export type Names = ReadonlyMap<string, Origin>

/**
 * Collects `$id`, `$anchor` and `$dynamicAnchor` of all files (JSON Schema 2020-12, 8.2): a
 * reference may use them in place of a pointer.
 */
export const namesIn = (files: Files): Names => {
  const names = new Map<string, Origin>()
  const visit = (value: JsonValue, path: string, pointer: string): void => {
    if (typeof value !== 'object' || value === null) return
    if (isObject(value)) {
      if (typeof value['$id'] === 'string')
        names.set(value['$id'].replace(/#$/, ''), { path, pointer })
      for (const key of ['$anchor', '$dynamicAnchor']) {
        if (typeof value[key] === 'string') names.set(`${path}#${value[key]}`, { path, pointer })
      }
    }
    for (const [key, child] of Object.entries(value)) visit(child, path, below(pointer, key))
  }
  for (const [path, source] of files) {
    if (!(source instanceof UserError)) visit(source.value, path, '')
  }
  return names
}

const nearestTarget = (root: JsonValue, pointer: string): string | undefined => {
  const segments = segmentsOf(pointer)
  for (let depth = segments.length - 1; depth >= 0; depth -= 1) {
    const parent = valueAt(root, pointerOf(segments.slice(0, depth)))
    if (!isObject(parent)) continue
    const close = nearest(segments[depth] ?? '', Object.keys(parent))
    if (close === undefined) return undefined
    const candidate = pointerOf([...segments.slice(0, depth), close, ...segments.slice(depth + 1)])
    return valueAt(root, candidate) === undefined ? undefined : candidate
  }
  return undefined
}

/**
 * Where a reference leads: a file and a pointer in it that exists, or the reason why it is dead.
 *
 * `resource` is the pointer of the nearest schema around it that has an `$id`: local pointers count
 * from there (JSON Schema 2020-12, 8.2.1).
 */
export const resolveReference = (
  reference: string,
  from: Origin,
  resource: string,
  files: Files,
  names: Names,
): Origin | DeadReference => {
  const [beforeHash = ''] = reference.split('#', 1)
  const fragment = reference.slice(beforeHash.length)
  const named = beforeHash === '' ? undefined : names.get(beforeHash)
  const part = filePartOf(reference)
  if (beforeHash !== '' && named === undefined && part === undefined) {
    return {
      problem: `The reference "${reference}" leads to another machine, and nothing is fetched from there.`,
      fix: 'keep a copy of the file beside the document and refer to that',
    }
  }
  const path = named?.path ?? (part === undefined ? from.path : pathOfReference(from.path, part))
  const file = files.get(path)
  if (file === undefined || file instanceof UserError) {
    return {
      problem: `The reference "${reference}" leads to no usable file: ${file?.message ?? 'it was not loaded'}`,
    }
  }
  if (fragment.length > 1 && !fragment.startsWith('#/')) {
    const anchored = names.get(`${path}${fragment}`)
    if (anchored !== undefined) return anchored
    return {
      problem: `The reference "${reference}" names an anchor that no schema has.`,
      fix: 'add the $anchor, or write a pointer that begins with "#/"',
    }
  }
  const pointer = pointerOfReference(fragment)
  const local = part === undefined ? resource : ''
  const bases = named === undefined ? [local, ''] : [named.pointer]
  for (const base of bases) {
    if (valueAt(file.value, base + pointer) !== undefined) return { path, pointer: base + pointer }
  }
  const close = nearestTarget(file.value, pointer)
  return {
    problem: `The reference "${reference}" leads nowhere.`,
    ...(close === undefined ? {} : { fix: `write "${beforeHash}#${close}"` }),
  }
}
