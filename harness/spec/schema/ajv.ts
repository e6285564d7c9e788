import { Ajv2020, type Format, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { JsonObject, JsonValue } from '../json.ts'

/** The second engine: what it does not confirm is not reported. */
export interface SecondEngine {
  /** Throws what ajv says of a schema that it cannot compile. */
  compile(schema: JsonObject): (value: JsonValue) => ReadonlySet<string>
}

/** Whether a text keeps a format, in whatever way that is defined. */
const isFormatted = (format: Format, text: string): boolean => {
  if (typeof format === 'function') return format(text)
  if (format instanceof RegExp) return format.test(text)
  if (typeof format !== 'object') return true
  const { validate } = format
  if (validate instanceof RegExp) return validate.test(text)
  return typeof validate !== 'function' || (validate as (text: string) => boolean)(text)
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
  const dateTime = formats.default.get('date-time')
  // RFC 3339, 5.6: a "T" stands between date and time; ajv takes a space too.
  ajv.addFormat('date-time', (text: string) => /^.{10}t/i.test(text) && isFormatted(dateTime, text))
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
