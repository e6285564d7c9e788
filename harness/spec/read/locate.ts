import { UserError } from '../../model/user-error.ts'
import type { Place } from '../../model/place.ts'
import { isObject, type JsonValue } from '../json.ts'
import { pointerOf, segmentsOf, valueAt } from '../pointer.ts'
import type { Bundle, Moved } from './bundle.ts'
import type { Files } from './crawl.ts'

const bodyParameter = (root: JsonValue, operation: readonly string[]): readonly string[] => {
  const parameters = valueAt(root, pointerOf([...operation, 'parameters']))
  if (!Array.isArray(parameters)) return operation
  const index = (parameters as readonly JsonValue[]).findIndex(
    (parameter) =>
      isObject(parameter) && (parameter['in'] === 'body' || parameter['in'] === 'formData'),
  )
  return index === -1 ? operation : [...operation, 'parameters', String(index)]
}

/** Where OpenAPI 2.0 writes what OpenAPI 3.1 has at these segments. */
const inSwagger = (segments: readonly string[], root: JsonValue): readonly string[] => {
  const [first, second, third, fourth, ...rest] = segments
  if (first === 'components') {
    if (second === 'schemas') return ['definitions', ...segments.slice(2)]
    if (second === 'securitySchemes') return ['securityDefinitions', ...segments.slice(2)]
    if (second === 'responses' || second === 'parameters') {
      return [second, ...withoutContent(segments.slice(2))]
    }
    return segments.slice(2)
  }
  if (first !== 'paths' || fourth === undefined) return segments
  const operation = [first, second ?? '', third ?? '']
  if (fourth === 'requestBody') {
    return [...bodyParameter(root, operation), ...withoutContent(['', ...rest]).slice(1)]
  }
  return [...operation, ...withoutContent([fourth, ...rest])]
}

const withoutContent = (segments: readonly string[]): readonly string[] => {
  const at = segments.indexOf('content')
  return at === -1 ? segments : [...segments.slice(0, at), ...segments.slice(at + 2)]
}

const originOf = (pointer: string, moved: ReadonlyMap<string, Moved>): Moved | undefined => {
  const segments = segmentsOf(pointer)
  for (let depth = segments.length; depth > 0; depth -= 1) {
    const found = moved.get(pointerOf(segments.slice(0, depth)))
    if (found !== undefined) return found
  }
  return undefined
}

/** Makes the function that finds the line of anything in a bundled and upgraded document. */
export const locator = (
  rootPath: string,
  files: Files,
  { moved, document }: Pick<Bundle, 'moved' | 'document'>,
  isSwagger: boolean,
): ((pointer: string) => Place) => {
  const byPointer = new Map(moved.map((part) => [part.pointer, part]))
  return (pointer) => {
    const segments = segmentsOf(pointer)
    const written = isSwagger ? inSwagger(segments, document) : segments
    const part = originOf(pointerOf(written), byPointer)
    const path = part?.origin.path ?? rootPath
    const file = files.get(path)
    if (file === undefined || file instanceof UserError) return { file: path, line: 1 }
    if (part === undefined) return file.locate(written)
    const rest = written.slice(segmentsOf(part.pointer).length)
    return file.locate([...segmentsOf(part.origin.pointer), ...rest])
  }
}
