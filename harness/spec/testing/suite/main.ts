/**
 * `npm run suite`: values are drawn from each schema of the official JSON Schema test suite
 * (https://github.com/json-schema-org/JSON-Schema-Test-Suite) that has valid instances, and both
 * engines judge them. `PROOFBOOK_SUITE` names its folder `tests/draft2020-12`.
 */
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isObject, type JsonObject, type JsonValue } from '../../json.ts'
import { secondEngine } from '../../schema/ajv.ts'
import { valuesOf } from '../../schema/arbitrary/values.ts'
import { compileHyperjump } from '../../schema/hyperjump.ts'
import { schemasOf } from '../../schema/schemas.ts'

const folder = process.env['PROOFBOOK_SUITE'] ?? '../shared/corpus/json-schema/draft2020-12'

/** So many of the schemas must be covered, of those that an OpenAPI document can hold once it is read. */
const bar = 0.98

interface Group {
  readonly description: string
  readonly schema: JsonValue
  readonly tests: readonly { readonly valid: boolean }[]
}

/** Dialects of their own, references by name and over the network: reading a document ends them, or names them as problems. */
const isForeign = (schema: JsonValue): boolean =>
  /"\$(id|anchor|dynamicRef|dynamicAnchor|vocabulary)"|"\$ref":"[^#]|"\$schema":"http:/.test(
    JSON.stringify(schema),
  )

const count = 20

/** Why a schema is not covered; `undefined` where it is. */
const problemWith = async (schema: JsonValue): Promise<string | undefined> => {
  // A root that is no object stands one level deeper, where a pointer leads to it.
  const [document, pointer]: readonly [JsonObject, string] = isObject(schema)
    ? [schema, '']
    : [{ root: schema }, '/root']
  const schemas = schemasOf(document)
  const values = valuesOf(pointer, { document, schemas, seed: 1, count })
  if (values.length === 0) return 'no value was drawn'
  const whole: JsonObject = isObject(schema) ? schema : { allOf: [schema] }
  const first = await compileHyperjump(whole)
  const second = secondEngine().compile(whole)
  const bad = values.find((value) => first(value).length > 0 || second(value).size > 0)
  return bad === undefined ? undefined : `an engine refuses ${JSON.stringify(bad).slice(0, 80)}`
}

const run = async (): Promise<void> => {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).toSorted()
  let all = 0
  let covered = 0
  let foreign = 0
  for (const file of files) {
    const groups = JSON.parse(await readFile(join(folder, file), 'utf8')) as readonly Group[]
    for (const { description, schema, tests } of groups) {
      if (!tests.some(({ valid }) => valid)) continue
      if (isForeign(schema)) {
        foreign += 1
        continue
      }
      all += 1
      const problem = await problemWith(schema)
      if (problem === undefined) covered += 1
      else console.log(`  ${file}: ${description}: ${problem}`)
    }
  }
  const share = ((covered / all) * 100).toFixed(1)
  console.log(`  ${covered} of ${all} schemas are covered (${share} %); ${foreign} refer by name`)
  if (all === 0 || covered < all * bar) process.exitCode = 1
}

if (existsSync(folder)) await run()
else console.log(`  not asked: there is no ${folder}; PROOFBOOK_SUITE names the suite`)
