import { dirname, isAbsolute, relative, resolve, sep } from 'node:path'
import type { Place } from '../../model/place.ts'
import { UserError } from '../../model/user-error.ts'
import { isObject, named, objectOr, stringOr, type JsonObject } from '../json.ts'
import { problemsMessage } from '../problems-message.ts'
import { schemasOf } from '../schema/schemas.ts'
import type { Spec, SpecProblem } from '../types.ts'
import { bundle, type BundleProblem } from './bundle.ts'
import { crawl } from './crawl.ts'
import { openFolder } from './folder.ts'
import { inspect } from './inspect.ts'
import { isSpec } from './is-spec.ts'
import { locator } from './locate.ts'
import { notReplayedOf, operationsOf, securitySchemesOf } from './operations.ts'
import { upgraded } from './upgrade.ts'

/** Which document is read, and where from. */
export interface ReadSpecOptions {
  /** The project's root: files are named relative to it. */
  readonly root: string
  /** Relative to the root, or absolute. */
  readonly file: string
  /**
   * The folder in which references may lead. Default: the root's folder that holds the document
   * (`specs/`), or, for a document outside of the root, its own.
   */
  readonly within?: string
}

/** The topmost folder under the root that holds the document; its own where the root does not. */
const folderOf = (root: string, rootPath: string): string => {
  const path = relative(root, rootPath)
  if (path.startsWith('..') || isAbsolute(path)) return dirname(rootPath)
  const [first = ''] = path.split(sep)
  return first === path ? root : resolve(root, first)
}

const supported = /^(2\.0|3\.[012](\.\d+)?(-.*)?)$/

const versionOf = (value: JsonObject, place: Place): string => {
  const declared = value['openapi'] ?? value['swagger']
  // A version without quotes is a number in YAML: 2.0 is read as 2.
  const version = typeof declared === 'number' ? declared.toFixed(1) : named(declared)
  if (supported.test(version)) return version
  throw new UserError({
    problem: `The version "${version}" is none that is known.`,
    place,
    expected: 'swagger: "2.0", or openapi: 3.0.x, 3.1.x or 3.2.x',
  })
}

/**
 * Reads an OpenAPI document of any version from 2.0 to 3.2, YAML or JSON, in one file or many.
 *
 * What is wrong and leaves something usable is listed in `problems`; where nothing is usable, a
 * `UserError` lists everything at once with file, line and pointer. References stay inside of the
 * document's folder and lead to no other machine; files are bounded at 50 MB together.
 *
 * @example
 * const spec = await readSpec({ root: process.cwd(), file: 'specs/orders.openapi.yaml' })
 * spec.operations[0]?.method // 'GET'
 */
export const readSpec = async ({ root, file, within }: ReadSpecOptions): Promise<Spec> => {
  const rootPath = resolve(root, file)
  const folder = await openFolder(
    root,
    within === undefined ? folderOf(root, rootPath) : resolve(root, within),
  ).catch((error: NodeJS.ErrnoException) => {
    throw new UserError({
      problem: `Its folder cannot be opened (${error.code ?? error.message}).`,
      place: { file },
    })
  })
  const source = await folder.load(rootPath)
  if (!isObject(source.value) || !isSpec(source.value)) {
    throw new UserError({
      problem: 'This is no OpenAPI document.',
      place: source.locate([]),
      expected: 'a key "openapi" or "swagger"',
    })
  }
  const isSwagger = Object.hasOwn(source.value, 'swagger')
  const versionKey = isSwagger ? 'swagger' : 'openapi'
  const version = versionOf(source.value, source.locate([versionKey]))
  const files = await crawl(rootPath, source, folder)
  const bundled = bundle(rootPath, files)
  const locate = locator(
    rootPath,
    files,
    { ...bundled, document: isSwagger ? structuredClone(bundled.document) : bundled.document },
    isSwagger,
  )
  const located = ({ pointer, problem, fix, blocks }: BundleProblem): SpecProblem => ({
    pointer,
    place: locate(pointer),
    problem,
    blocks: blocks === true,
    ...(fix === undefined ? {} : { fix }),
  })
  let document: JsonObject
  try {
    document = upgraded({ ...bundled.document, [versionKey]: version })
  } catch (error) {
    throw new UserError({
      problem: `It cannot be brought to OpenAPI 3.1: ${(error as Error).message}.`,
      place: source.locate([]),
    })
  }
  const operations = operationsOf(document, locate)
  const problems = [...bundled.problems, ...inspect(document, version)].map(located)
  if (typeof source.value[versionKey] !== 'string') {
    problems.unshift(
      located({
        pointer: `/${versionKey}`,
        problem: 'The version is a number.',
        fix: `write ${versionKey}: "${version}"`,
      }),
    )
  }
  const notReplayed = notReplayedOf(document)
  const isLibrary =
    !/^(2|3\.0)/.test(version) && (isObject(document['components']) || notReplayed.length > 0)
  if (!isObject(document['paths']) && !isLibrary) {
    problems.push(
      located({ pointer: '', problem: 'The document has no paths.', fix: 'add "paths"' }),
    )
  }
  if (operations.length === 0 && problems.length > 0) {
    throw new UserError({
      problem: `Nothing in this document is usable.\n${problemsMessage(problems)}`,
      place: { file: source.file },
    })
  }
  return {
    file: source.file,
    title: stringOr(objectOr(document['info'])['title']) ?? source.file,
    version,
    document,
    operations,
    securitySchemes: securitySchemesOf(document),
    problems,
    notReplayed,
    schemas: schemasOf(document),
    locate,
  }
}
