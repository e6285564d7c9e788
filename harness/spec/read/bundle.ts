import { UserError } from '../../model/user-error.ts'
import { isObject, objectOr, type JsonObject, type JsonValue } from '../json.ts'
import { below, isWithin, pointerOf, segmentsOf, valueAt } from '../pointer.ts'
import type { Files } from './crawl.ts'
import { childrenOf, isReferable, sections, type Kind } from './grammar.ts'
import { namesIn, resolveReference, type Origin } from './resolve.ts'

/** A part of the bundle that was written elsewhere than its pointer says. */
export interface Moved {
  readonly pointer: string
  readonly origin: Origin
}

/** A reference that leads nowhere, by its pointer in the bundle. */
export interface BundleProblem {
  readonly pointer: string
  readonly problem: string
  readonly fix?: string
  /** Whether the operation that it stands in cannot be asked because of it. */
  readonly blocks?: boolean
}

/** All files of a document in one. */
export interface Bundle {
  readonly document: JsonObject
  readonly moved: readonly Moved[]
  readonly problems: readonly BundleProblem[]
}

type Mutable = Record<string, JsonValue>

/** Path items that refer to path items that refer to ... end somewhere. */
const inlineHopsMax = 20

const setAt = (root: Mutable, segments: readonly (string | number)[], value: JsonValue): void => {
  let at: Mutable = root
  for (const segment of segments.slice(0, -1)) at = (at[segment] ??= {}) as Mutable
  at[segments.at(-1) ?? ''] = value
}

/** Keywords that name a schema for references; in the bundle every reference is a pointer. */
const identifiers = new Set(['$id', '$anchor', '$dynamicAnchor', '$schema'])

const nameFor = (origin: Origin, taken: (name: string) => boolean): string => {
  const file = origin.path.slice(origin.path.lastIndexOf('/') + 1).replace(/\.[a-z]+$/i, '')
  const base = (segmentsOf(origin.pointer).at(-1) ?? file).replaceAll(/[^\w.-]/g, '-') || 'part'
  let name = base
  for (let count = 2; taken(name); count += 1) name = `${base}-${count}`
  return name
}

/**
 * Brings all files of a document into one. References stay references, so that circular schemas
 * stay finite; what they lead to outside of the root file, or to places that have no name there,
 * becomes a component. References to path items and operations are the exception: those are put in
 * place.
 *
 * Values of examples, defaults, enums and extensions are data and are left as they are.
 */
export const bundle = (rootPath: string, files: Files): Bundle => {
  const root = files.get(rootPath)
  if (root === undefined || root instanceof UserError)
    throw new TypeError('The root must be loaded.')
  const isSwagger = isObject(root.value) && Object.hasOwn(root.value, 'swagger')
  const names = namesIn(files)
  const moved: Moved[] = []
  const problems: BundleProblem[] = []
  const hoisted = new Map<string, { pointer: string; origin: Origin; kind: Kind }>()
  const queue: { pointer: string; origin: Origin; kind: Kind }[] = []
  const used = new Set<string>()
  const rootDocument = objectOr(root.value)

  const sectionOf = (kind: Kind): string => {
    const section = sections[kind as keyof typeof sections]
    if (!isSwagger) return pointerOf(['components', section])
    return pointerOf([section === 'schemas' ? 'definitions' : section])
  }
  /** Pointers that survive an upgrade to OpenAPI 3.1, in a place where they are walked as a part. */
  const isStable = ({ path, pointer }: Origin, kind: Kind): boolean =>
    path === rootPath &&
    isWithin(pointer, sectionOf(kind)) &&
    (isSwagger ? segmentsOf(pointer).length === 2 : segmentsOf(pointer).length >= 3)

  const valueOf = ({ path, pointer }: Origin): JsonValue => {
    const file = files.get(path)
    return file === undefined || file instanceof UserError
      ? {}
      : (valueAt(file.value, pointer) ?? {})
  }
  /** What cannot be a component, or (a body parameter of OpenAPI 2.0) is none after the upgrade. */
  const isInlined = (kind: Kind, target: Origin): boolean => {
    if (kind === 'pathItem' || kind === 'operation') return true
    if (!isSwagger || kind !== 'parameter') return false
    const place = objectOr(valueOf(target))['in']
    return place === 'body' || place === 'formData'
  }

  const pointerFor = (origin: Origin, kind: Kind): string => {
    if (isStable(origin, kind)) return origin.pointer
    const key = `${kind} ${origin.path}#${origin.pointer}`
    const known = hoisted.get(key)
    if (known !== undefined) return known.pointer
    const section = sectionOf(kind)
    const taken = (name: string): boolean =>
      used.has(below(section, name)) || valueAt(rootDocument, below(section, name)) !== undefined
    const part = { pointer: below(section, nameFor(origin, taken)), origin, kind }
    hoisted.set(key, part)
    used.add(part.pointer)
    queue.push(part)
    return part.pointer
  }

  const copy = (
    value: JsonValue,
    kind: Kind,
    from: Origin,
    at: string,
    resource: string,
    hops: number,
  ): JsonValue => {
    if (!isObject(value)) return value
    const inner = kind === 'schema' && typeof value['$id'] === 'string' ? from.pointer : resource
    const result: Mutable = { ...value }
    if (kind === 'schema') {
      for (const key of identifiers) delete result[key]
      if (typeof value['$dynamicRef'] === 'string' && value['$ref'] === undefined) {
        // Dynamic scope is given up for a plain reference: right wherever the anchor is not overridden.
        delete result['$dynamicRef']
        result['$ref'] = value['$dynamicRef']
      }
    }
    const reference = result['$ref']
    if (typeof reference === 'string' && isReferable(kind)) {
      const target = resolveReference(reference, from, inner, files, names)
      if ('problem' in target) {
        problems.push({ pointer: at, ...target, blocks: true })
        delete result['$ref']
      } else if (isInlined(kind, target)) {
        delete result['$ref']
        if (hops >= inlineHopsMax) return result
        moved.push({ pointer: at, origin: target })
        const inlined = copy(valueOf(target), kind, target, at, '', hops + 1)
        return { ...objectOr(inlined), ...result }
      } else {
        result['$ref'] =
          `#${pointerOf(segmentsOf(pointerFor(target, kind))).replaceAll('%', '%25')}`
      }
    }
    for (const child of childrenOf(kind, value)) {
      const [key = '', name] = child.segments
      const inside = below('', ...child.segments)
      const origin = { path: from.path, pointer: from.pointer + inside }
      const part = copy(child.value, child.kind, origin, at + inside, inner, hops)
      if (name === undefined) result[key] = part
      else {
        if (result[key] === value[key]) {
          result[key] = (
            Array.isArray(value[key])
              ? [...(value[key] as JsonValue[])]
              : { ...objectOr(value[key]) }
          ) as JsonValue
        }
        ;(result[key] as Mutable)[name] = part
      }
    }
    return result
  }

  const document: Mutable = {
    ...objectOr(copy(root.value, 'document', { path: rootPath, pointer: '' }, '', '', 0)),
  }
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { pointer, origin, kind } = next
    moved.push({ pointer, origin })
    setAt(document, segmentsOf(pointer), copy(valueOf(origin), kind, origin, pointer, '', 0))
  }
  return { document, moved, problems }
}
