import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { JsonObject, JsonValue } from '../json.ts'

/** The second engine: what it does not confirm is not reported. */
export interface SecondEngine {
  /** Throws what ajv says of a schema that it cannot compile. */
  compile(schema: JsonObject): (value: JsonValue) => ReadonlySet<string>
}

/**
 * Makes a second engine (ajv, JSON Schema 2020-12, formats asserted). A compiled schema answers
 * with the paths in the value that are wrong: none where it is valid.
 */
export const secondEngine = (): SecondEngine => {
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    validateSchema: false,
    validateFormats: true,
    logger: false,
    code: { optimize: false },
  })
  formats.default(ajv)
  return {
    compile: (schema) => {
      const check: ValidateFunction = ajv.compile(schema)
      return (value) =>
        check(value)
          ? new Set()
          : new Set((check.errors ?? []).map(({ instancePath }) => instancePath))
    },
  }
}
