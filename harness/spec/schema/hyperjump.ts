import { randomUUID } from 'node:crypto'
import {
  registerSchema,
  setShouldValidateFormat,
  setShouldValidateSchema,
  unregisterSchema,
  validate,
  type JsonSchemaDraft202012,
} from '@hyperjump/json-schema/draft-2020-12'
import { DETAILED } from '@hyperjump/json-schema/experimental'
import '@hyperjump/json-schema/formats'
import type { JsonObject, JsonValue } from '../json.ts'

/** One keyword that a value broke, with what it broke inside. Pointers are fragments' contents. */
export interface BrokenKeyword {
  /** Pointer of the keyword in the schema. */
  readonly schemaPointer: string
  readonly instancePath: string
  readonly inner: readonly BrokenKeyword[]
}

interface OutputUnit {
  readonly absoluteKeywordLocation: string
  readonly instanceLocation: string
  readonly errors?: readonly OutputUnit[]
}

const fragmentOf = (uri: string): string => {
  const hash = uri.indexOf('#')
  return hash === -1 ? '' : decodeURIComponent(uri.slice(hash + 1))
}

const brokenOf = ({
  absoluteKeywordLocation,
  instanceLocation,
  errors,
}: OutputUnit): BrokenKeyword => ({
  schemaPointer: fragmentOf(absoluteKeywordLocation),
  instancePath: fragmentOf(instanceLocation),
  inner: (errors ?? []).map(brokenOf),
})

/**
 * Compiles a schema (JSON Schema 2020-12, formats asserted) with the engine that gets the official
 * test suite right. Nothing stays registered. Throws what the engine says of a schema that it
 * cannot compile.
 */
export const compileHyperjump = async (
  schema: JsonObject,
): Promise<(value: JsonValue) => readonly BrokenKeyword[]> => {
  setShouldValidateSchema(false)
  setShouldValidateFormat(true)
  const uri = `https://proofbook.invalid/schemas/${randomUUID()}`
  registerSchema(
    schema as unknown as JsonSchemaDraft202012,
    uri,
    'https://json-schema.org/draft/2020-12/schema',
  )
  try {
    const check = await validate(uri)
    return (value) => {
      const output = check(value as Parameters<typeof check>[0], DETAILED) as {
        readonly valid: boolean
        readonly errors?: readonly OutputUnit[]
      }
      return output.valid ? [] : (output.errors ?? []).map(brokenOf)
    }
  } finally {
    unregisterSchema(uri)
  }
}
