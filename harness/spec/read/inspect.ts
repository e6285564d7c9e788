import { nearest } from '../../model/nearest.ts'
import { arrayOr, isObject, named, objectOr, stringOr, type JsonObject } from '../json.ts'
import { below } from '../pointer.ts'
import type { BundleProblem } from './bundle.ts'
import { methods } from './grammar.ts'
import { objectAt } from './parts.ts'

const places = ['path', 'query', 'header', 'cookie', 'querystring']

/** The names in a path's template, in their order. */
const templateNames = (path: string): readonly string[] =>
  [...path.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? '')

function* inspectParameter(document: JsonObject, pointer: string): Generator<BundleProblem> {
  const found = objectAt(document, pointer)
  if (found === undefined) {
    yield { pointer, problem: 'This parameter is no object.', blocks: true }
    return
  }
  const { name, content, schema, required } = found.value
  const where = stringOr(found.value['in'])
  if (typeof name !== 'string')
    yield { pointer, problem: 'This parameter has no name.', fix: 'add "name"' }
  if (where === undefined || !places.includes(where)) {
    const close = where === undefined ? undefined : nearest(where, places)
    yield {
      pointer,
      problem: `The parameter "${named(name)}" stands in ${where === undefined ? 'nothing' : `"${where}"`}.`,
      fix: `write in: ${close ?? 'path, query, header or cookie'}`,
      blocks: true,
    }
    return
  }
  if (schema === undefined && content === undefined) {
    yield {
      pointer,
      problem: `The parameter "${named(name)}" has neither schema nor content, so nobody knows what it may be.`,
      fix: 'add "schema"',
    }
  }
  if (where === 'path' && required !== true) {
    yield {
      pointer,
      problem: `The path parameter "${named(name)}" is not required, and a path has no optional parts.`,
      fix: 'add "required: true"',
    }
  }
}

function* inspectResponses(
  pointer: string,
  operation: JsonObject,
  version: string,
): Generator<BundleProblem> {
  // Since 3.1 an operation may leave them out; what is there must still say something.
  if (operation['responses'] === undefined && !/^(?:2|3\.0)/.test(version)) return
  const statuses = Object.keys(objectOr(operation['responses'])).filter(
    (key) => !key.startsWith('x-'),
  )
  if (statuses.length === 0) {
    yield {
      pointer,
      problem: 'The operation documents no response, so no answer can be judged.',
      fix: 'add "responses" with at least the answer to a successful request',
      blocks: true,
    }
  }
  for (const status of statuses) {
    if (!/^([1-5]\d\d|[1-5][Xx]{2}|default)$/.test(status)) {
      yield {
        pointer: below(pointer, 'responses', status),
        problem: `"${status}" is no status.`,
        fix: 'write a status such as 200, a range such as 4XX, or default',
      }
    }
  }
}

function* inspectOperation(
  document: JsonObject,
  path: string,
  item: string,
  method: string,
  version: string,
): Generator<BundleProblem> {
  const pointer = below(item, method)
  const operation = objectAt(document, pointer)?.value ?? {}
  const own = arrayOr(operation['parameters'])
  const declared = new Set<string>()
  const seen = new Set<string>()
  for (const owner of [item, pointer]) {
    const list = arrayOr(objectAt(document, owner)?.value['parameters'])
    for (const index of list.keys()) {
      const { name, in: where } = objectAt(document, below(owner, 'parameters', index))?.value ?? {}
      if (where === 'path') declared.add(named(name))
    }
  }
  for (const index of own.keys()) {
    const at = below(pointer, 'parameters', index)
    yield* inspectParameter(document, at)
    const { name, in: where } = objectAt(document, at)?.value ?? {}
    const key = `${named(where)} "${named(name)}"`
    if (seen.has(key))
      yield { pointer: at, problem: `The parameter ${key} is declared twice.`, fix: 'remove one' }
    seen.add(key)
  }
  const names = templateNames(path)
  for (const name of names) {
    if (declared.has(name)) continue
    const close = nearest(name, declared)
    yield {
      pointer,
      problem: `The path has "{${name}}", and no path parameter of that name is declared.`,
      blocks: true,
      fix:
        close === undefined
          ? `declare it: { name: ${name}, in: path, required: true, schema: … }`
          : `rename the parameter "${close}", or the name in the path`,
    }
  }
  for (const name of declared) {
    if (names.includes(name)) continue
    yield {
      pointer,
      problem: `The path parameter "${name}" is not in the path.`,
      fix: `add {${name}} to the path, or remove the parameter`,
    }
  }
  yield* inspectResponses(pointer, operation, version)
  const schemes = objectOr(objectAt(document, '/components/securitySchemes')?.value)
  for (const alternative of arrayOr(operation['security'])) {
    for (const name of Object.keys(objectOr(alternative))) {
      if (Object.hasOwn(schemes, name)) continue
      const close = nearest(name, Object.keys(schemes))
      yield {
        pointer: below(pointer, 'security'),
        problem: `There is no security scheme "${name}".`,
        ...(close === undefined ? {} : { fix: `write "${close}"` }),
      }
    }
  }
}

/** What a path item may hold beside its methods (OpenAPI 3.2, 4.9). */
const ofPathItem: ReadonlySet<string> = new Set([
  '$ref',
  'summary',
  'description',
  'servers',
  'parameters',
  'additionalOperations',
  ...methods,
])

/** A mistyped method is an operation that nobody would ever ask. */
function* inspectMembers(item: string, value: JsonObject): Generator<BundleProblem> {
  for (const key of Object.keys(value)) {
    if (ofPathItem.has(key) || key.startsWith('x-')) continue
    const close = nearest(key.toLowerCase(), methods)
    yield {
      pointer: below(item, key),
      problem: `"${key}" is no method, and nothing else that a path may hold, so nobody asks for what stands there.`,
      fix: close === undefined ? `write one of ${methods.join(', ')}` : `write "${close}"`,
    }
  }
}

/**
 * What a document's own version of OpenAPI forbids and a reader can work around: each problem once,
 * at its pointer in the bundled document, which is in the words of 3.1.
 */
export function* inspect(document: JsonObject, version: string): Generator<BundleProblem> {
  const paths = objectOr(document['paths'])
  const templates = new Map<string, string>()
  const ids = new Map<string, string>()
  for (const [path, value] of Object.entries(paths)) {
    if (path.startsWith('x-')) continue
    const item = below('/paths', path)
    if (!path.startsWith('/')) {
      yield {
        pointer: item,
        problem: `The path "${path}" does not begin with a slash.`,
        fix: `write "/${path}"`,
      }
    }
    if (!isObject(value)) {
      yield { pointer: item, problem: `The path "${path}" holds no path item.` }
      continue
    }
    const shape = path.replaceAll(/\{[^{}]*\}/g, '{}')
    const twin = templates.get(shape)
    if (twin !== undefined) {
      yield {
        pointer: item,
        problem: `The paths "${twin}" and "${path}" are the same but for the names in them.`,
        fix: 'join them',
      }
    }
    templates.set(shape, path)
    yield* inspectMembers(item, value)
    for (const index of arrayOr(value['parameters']).keys()) {
      yield* inspectParameter(document, below(item, 'parameters', index))
    }
    for (const method of methods) {
      if (!isObject(value[method])) continue
      yield* inspectOperation(document, path, item, method, version)
      const id = stringOr(value[method]['operationId'])
      if (id === undefined) continue
      const first = ids.get(id)
      if (first !== undefined) {
        yield {
          pointer: below(item, method),
          problem: `The operationId "${id}" is that of ${first} too.`,
          fix: 'give each operation an id of its own',
        }
      }
      ids.set(id, first ?? `${method.toUpperCase()} ${path}`)
    }
  }
}
