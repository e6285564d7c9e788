import { isRecord } from '../../model/is-record.ts'
import { readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseTree, getNodeValue, printParseErrorCode, type ParseError } from 'jsonc-parser'
import { UserError } from '../../model/user-error.ts'
import { insideOf, listMappingFiles, shownPath, type MappingFolder } from './mapping-files.ts'

/** One mapping as WireMock takes it, and the file in which it stands. */
export interface StubMapping {
  readonly file: string
  readonly json: Readonly<Record<string, unknown>>
}

/** A mapping that also knows where in its file it is written. */
export interface WrittenMapping extends StubMapping {
  /** The keys that lead to it: none where it is the whole file. */
  readonly keys: readonly (string | number)[]
  readonly text: string
}

const bytesMax = 10 * 1024 * 1024
const totalBytesMax = 64 * 1024 * 1024

type JsonObject = Record<string, unknown>

/** Counts what was read over a whole folder. */
interface Budget {
  bytes: number
}

const readBounded = async (path: string, file: string, budget: Budget): Promise<Buffer> => {
  const { size } = await stat(path)
  budget.bytes += size
  if (size > bytesMax || budget.bytes > totalBytesMax)
    throw new UserError({
      problem: `there is too much to read (${Math.ceil(budget.bytes / 1024 / 1024)} MB so far)`,
      place: { file },
      expected: 'at most 10 MB a file and 64 MB in a folder of mappings',
      fix: 'make the answers smaller, or name a smaller folder',
    })
  return readFile(path)
}

const parse = (text: string, file: string): unknown => {
  const errors: ParseError[] = []
  const tree = parseTree(text, errors, { disallowComments: true })
  const [error] = errors
  if (error === undefined && tree !== undefined) return getNodeValue(tree)
  const before = text.slice(0, error?.offset ?? 0).split('\n')
  throw new UserError({
    problem: `this is not JSON (${error === undefined ? 'it is empty' : printParseErrorCode(error.error)})`,
    place: { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 },
    expected: 'a mapping: { "request": { … }, "response": { … } }',
    fix: 'correct the JSON at this place',
  })
}

interface Found {
  readonly mapping: JsonObject
  readonly keys: WrittenMapping['keys']
}

/** One mapping, or several under the key `mappings`, as WireMock itself reads them. */
const mappingsIn = (value: unknown, file: string): readonly Found[] => {
  const isList = isRecord(value) && Array.isArray(value.mappings)
  const all: readonly unknown[] = isList ? (value.mappings as readonly unknown[]) : [value]
  if (all.every(isRecord))
    return all.map((mapping, index) => ({ mapping, keys: isList ? ['mappings', index] : [] }))
  throw new UserError({
    problem: 'this is no mapping',
    place: { file },
    expected: '{ "request": { … }, "response": { … } }, or { "mappings": [ … ] }',
    fix: 'write an object with a request and a response',
  })
}

/** As text where that cannot change a byte on the way, or where WireMock fills a template in it. */
const inlined = (body: Buffer, response: JsonObject): JsonObject => {
  const ascii = body.every((byte) => byte < 0x80)
  const templated = Array.isArray(response.transformers)
  return ascii || templated
    ? { body: body.toString('utf8') }
    : { base64Body: body.toString('base64') }
}

const withBody = async (
  mapping: JsonObject,
  file: string,
  folder: MappingFolder,
  budget: Budget,
): Promise<JsonObject> => {
  const { response } = mapping
  if (!isRecord(response) || response.bodyFileName === undefined) return mapping
  const { bodyFileName, ...rest } = response
  if (typeof bodyFileName !== 'string' || bodyFileName.includes('{{'))
    throw new UserError({
      problem: `bodyFileName ${JSON.stringify(bodyFileName)} cannot be looked up beforehand`,
      place: { file },
      expected: 'the name of one file under __files/: bodies are sent along with the mapping',
      fix: 'write one mapping for each file, or put the template into "body"',
    })
  const path = await insideOf(folder.base, join(folder.bodies, bodyFileName), file)
  return {
    ...mapping,
    response: { ...rest, ...inlined(await readBounded(path, file, budget), rest) },
  }
}

/** WireMock would write it into its own folder, where it outlives the case. */
const withoutPersistence = (mapping: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(mapping).filter(([key]) => key !== 'persistent'))

const refuseRepeatedIds = (mappings: readonly StubMapping[]): void => {
  const files = new Map<string, string>()
  for (const { file, json } of mappings) {
    const id = json.id ?? json.uuid
    if (typeof id !== 'string') continue
    const first = files.get(id)
    if (first !== undefined)
      throw new UserError({
        problem: `the id ${id} is that of a mapping in ${first} too`,
        place: { file },
        expected: 'an id for each mapping: of two with one id only one would answer',
        fix: 'take the "id" out; WireMock gives one',
      })
    files.set(id, file)
  }
}

/**
 * Reads a folder of mappings, with the bodies that they name put into them, since the server that
 * answers has other testbeds' mappings later; and where each of them is written.
 *
 * Throws `UserError` that names the file: not JSON, no mapping, a body that is missing or lies
 * outside of the folder, too large, one id twice.
 *
 * @example
 * const [{ file, keys }] = await readWrittenMappings(root, 'stubs/payments')
 */
export const readWrittenMappings = async (
  root: string,
  path: string,
): Promise<readonly WrittenMapping[]> => {
  const folder = await listMappingFiles(root, path)
  const budget: Budget = { bytes: 0 }
  const mappings: WrittenMapping[] = []
  for (const absolute of folder.files) {
    const file = shownPath(root, join(resolve(root, path), absolute.slice(folder.base.length)))
    const real = await insideOf(folder.base, absolute, file)
    const text = (await readBounded(real, file, budget)).toString('utf8').replace(/^\uFEFF/, '')
    for (const { mapping, keys } of mappingsIn(parse(text, file), file)) {
      const json = withoutPersistence(await withBody(mapping, file, folder, budget))
      mappings.push({ file, json, keys, text })
    }
  }
  refuseRepeatedIds(mappings)
  return mappings
}

/**
 * The mappings of a folder as a server takes them. Throws as {@link readWrittenMappings} does.
 *
 * @example
 * const mappings = await readMappings(root, 'stubs/payments')
 */
export const readMappings = async (root: string, path: string): Promise<readonly StubMapping[]> =>
  (await readWrittenMappings(root, path)).map(({ file, json }) => ({ file, json }))
