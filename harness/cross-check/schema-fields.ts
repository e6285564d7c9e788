import { arrayOr, isObject, type JsonValue } from '../spec/json.ts'
import { below, resolved } from '../spec/pointer.ts'

/** A documented field by its path, `items[].id`, and the pointer of where it is written. */
export interface SchemaField {
  readonly path: string
  readonly pointer: string
}

/** Deeper than answers are that people read. */
const depthMax = 8

const walk = (
  document: JsonValue,
  pointer: string,
  path: string,
  above: readonly string[],
): readonly SchemaField[] => {
  const found = resolved(document, pointer)
  if (found === undefined || !isObject(found.value)) return []
  // A schema that holds itself has no last field.
  if (above.includes(found.pointer) || above.length > depthMax) return []
  const inside = [...above, found.pointer]
  const { properties, items } = found.value
  const own = Object.keys(isObject(properties) ? properties : {}).flatMap((name) => {
    const field = {
      path: path === '' ? name : `${path}.${name}`,
      pointer: below(found.pointer, 'properties', name),
    }
    return [field, ...walk(document, field.pointer, field.path, inside)]
  })
  const ofItems = isObject(items)
    ? walk(document, below(found.pointer, 'items'), `${path}[]`, inside)
    : []
  const ofOthers = (['allOf', 'oneOf', 'anyOf'] as const).flatMap((key) =>
    [...arrayOr(isObject(found.value) ? found.value[key] : undefined).keys()].flatMap((index) =>
      walk(document, below(found.pointer, key, index), path, inside),
    ),
  )
  return [...own, ...ofItems, ...ofOthers]
}

/**
 * All fields that a schema documents, each once, in the order of the document. References are
 * followed, circles end, and so do answers that are nested deeper than eight levels.
 *
 * @example
 * fieldsOf(document, '/components/schemas/Page').map(({ path }) => path) // ['items', 'items[].id', 'total']
 */
export const fieldsOf = (document: JsonValue, pointer: string): readonly SchemaField[] =>
  [
    ...new Map(
      walk(document, pointer, '', [])
        .toReversed()
        .map((field) => [field.path, field]),
    ).values(),
  ].toReversed()
