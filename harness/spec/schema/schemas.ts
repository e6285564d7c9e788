import type { JsonObject, JsonValue } from '../json.ts'
import { arrayOr, isObject, named, objectOr } from '../json.ts'
import { isWithin, parentOf, valueAt } from '../pointer.ts'
import { secondEngine } from './ajv.ts'
import { closures, type Closure, type Direction } from './closure.ts'
import { causes, keywordOf } from './explain.ts'
import { compileHyperjump, type BrokenKeyword } from './hyperjump.ts'
import { wordsFor } from './words.ts'

/** One rule of a schema that a value breaks. */
export interface Violation {
  /** JSON Pointer into the value: empty for the value itself. */
  readonly instancePath: string
  readonly keyword: string
  readonly expected: string
  readonly actual: string
  /** JSON Pointer of the rule in the bundled document. */
  readonly schemaPointer: string
}

/** What two engines say of a value. */
export interface SchemaVerdict {
  /** Seen by both engines. */
  readonly violations: readonly Violation[]
  /** Sentences on what only one engine saw, and on rules that no engine can read. */
  readonly doubtful: readonly string[]
}

/** The schemas of one document, each compiled when it is first needed. */
export interface Schemas {
  /** Judges a value by the schema at a pointer, with two engines. */
  check(pointer: string, direction: Direction, value: JsonValue): Promise<SchemaVerdict>
  /** A quick answer of one engine, for plans. `true` where the schema cannot be compiled. */
  accepts(pointer: string, direction: Direction, value: JsonValue): boolean
}

/** Keywords that engines report on the object, and others on the property that should not be. */
const reportedAbove: ReadonlySet<string> = new Set([
  'additionalProperties',
  'unevaluatedProperties',
  'unevaluatedItems',
  'items',
  'prefixItems',
  'propertyNames',
])

const violationsOf = (
  unit: BrokenKeyword,
  value: JsonValue,
  closure: Closure,
  document: JsonObject,
): readonly Violation[] => {
  const written = keywordOf(unit)
  const rule = valueAt(closure.schema, unit.schemaPointer)
  const at = valueAt(value, unit.instancePath) ?? null
  const original = closure.original(unit.schemaPointer)
  // The closure forbids what is writeOnly; the document says it in its own words.
  const isWriteOnly = written === 'not' && valueAt(document, original) === undefined
  const keyword = isWriteOnly ? 'writeOnly' : written
  const schemaPointer = isWriteOnly ? parentOf(original) : original
  if (keyword === 'required' && isObject(at)) {
    return arrayOr(rule).flatMap((name, index) => {
      if (Object.hasOwn(at, named(name))) return []
      return {
        instancePath: unit.instancePath,
        keyword,
        expected: `a property "${named(name)}"`,
        actual:
          Object.keys(at).length === 0
            ? 'no property'
            : `only ${Object.keys(at).slice(0, 12).join(', ')}`,
        // The name itself, so that each that is lacking has a place of its own.
        schemaPointer: `${schemaPointer}/${index}`,
      }
    })
  }
  return [
    { instancePath: unit.instancePath, keyword, ...wordsFor(keyword, rule, at), schemaPointer },
  ]
}

const isConfirmed = (violation: Violation, wrongPaths: ReadonlySet<string>): boolean => {
  const { instancePath, keyword } = violation
  if (wrongPaths.has(instancePath)) return true
  if (reportedAbove.has(keyword) && wrongPaths.has(parentOf(instancePath))) return true
  // A branch that was chosen here may be explained one level deeper there.
  return (
    (keyword === 'anyOf' || keyword === 'oneOf') &&
    [...wrongPaths].some((path) => isWithin(path, instancePath))
  )
}

interface Compiled {
  readonly closure: Closure
  readonly first: (value: JsonValue) => readonly BrokenKeyword[]
  readonly second: (value: JsonValue) => ReadonlySet<string>
}

/**
 * Makes the judge of a document's schemas. A violation is reported only where
 * `@hyperjump/json-schema` and ajv both see it; what only one sees is doubtful and no finding.
 *
 * @example
 * const schemas = schemasOf(spec.document)
 * await schemas.check('/components/schemas/Order', 'response', { id: '1' })
 */
export const schemasOf = (document: JsonObject): Schemas => {
  const closureOf = closures(document)
  const ajv = secondEngine()
  const seconds = new Map<string, Compiled['second'] | Error>()
  const compiled = new Map<string, Promise<Compiled | Error>>()

  const byText = new Map<string, Compiled['second']>()
  /** Documents repeat small schemas without a name: such a one is compiled once. */
  const compileSecond = ({ schema }: Closure): Compiled['second'] => {
    const [only = {}, ...others] = Object.values(objectOr(schema['$defs']))
    if (others.length > 0 || !isObject(only) || only['$ref'] !== undefined)
      return ajv.compile(schema)
    const text = JSON.stringify(only)
    if (text.includes('#/$defs/')) return ajv.compile(schema)
    const known = byText.get(text) ?? ajv.compile(only)
    byText.set(text, known)
    return known
  }

  const second = (pointer: string, direction: Direction): Compiled['second'] | Error => {
    const key = `${direction} ${pointer}`
    let known = seconds.get(key)
    if (known === undefined) {
      try {
        known = compileSecond(closureOf(pointer, direction))
      } catch (error) {
        known = error as Error
      }
      seconds.set(key, known)
    }
    return known
  }

  const compile = async (pointer: string, direction: Direction): Promise<Compiled | Error> => {
    const other = second(pointer, direction)
    if (other instanceof Error) return other
    const closure = closureOf(pointer, direction)
    try {
      return { closure, first: await compileHyperjump(closure.schema), second: other }
    } catch (error) {
      return error as Error
    }
  }

  return {
    accepts: (pointer, direction, value) => {
      const check = second(pointer, direction)
      return check instanceof Error || check(value).size === 0
    },
    check: async (pointer, direction, value) => {
      const key = `${direction} ${pointer}`
      const pending = compiled.get(key) ?? compile(pointer, direction)
      compiled.set(key, pending)
      const engines = await pending
      if (engines instanceof Error) {
        return {
          violations: [],
          doubtful: [`The schema ${pointer} cannot be compiled: ${engines.message}.`],
        }
      }
      const { closure } = engines
      const unusable = closure.unusable.map(
        (rule) => `The rule ${rule} cannot be read and was not judged.`,
      )
      const broken = engines.first(value)
      const wrongPaths = engines.second(value)
      const violations = broken
        .flatMap((unit) => causes(unit, closure.schema))
        .flatMap((unit) => violationsOf(unit, value, closure, document))
      const confirmed = violations.filter((violation) => isConfirmed(violation, wrongPaths))
      const alone = violations.filter((violation) => !confirmed.includes(violation))
      const doubtful = [
        ...unusable,
        ...alone.map(
          ({ instancePath, keyword }) =>
            `Only one of two engines sees that ${instancePath || 'the value'} breaks "${keyword}".`,
        ),
        ...(broken.length === 0 && wrongPaths.size > 0
          ? [`Only one of two engines sees that ${[...wrongPaths][0] || 'the value'} is wrong.`]
          : []),
      ]
      return { violations: unique(confirmed), doubtful }
    },
  }
}

/** Two references to one schema break the same rule once. */
const unique = (violations: readonly Violation[]): readonly Violation[] => [
  ...new Map(
    violations.map((violation) => [
      `${violation.instancePath} ${violation.keyword} ${violation.schemaPointer} ${violation.expected}`,
      violation,
    ]),
  ).values(),
]
