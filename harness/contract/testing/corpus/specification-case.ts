import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { getNodeValue, type Node } from 'jsonc-parser'
import { glob } from 'tinyglobby'
import { at, parsedJson } from '../../json-text.ts'

/** The versions of which the Pact specification has cases, oldest first. */
export const versions = ['1', '1.1', '2', '3'] as const

/** What a case is about. Request cases judge a mock server, not a provider: they are only counted. */
export type Part = 'request' | 'response' | 'message'

/** One case of the Pact specification: what is expected, what comes, and what a verifier must say. */
export interface SpecificationCase {
  /** Relative to the corpus. */
  readonly file: string
  readonly version: (typeof versions)[number]
  readonly part: Part
  readonly name: string
  /** As it stands in the file: numbers mean something to Pact that they lose when they are parsed. */
  readonly expected: string
  readonly actual: Actual
  readonly matches: boolean
}

/** What the provider of a case says. `body` and `contents` are the bytes as text. */
export interface Actual {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly contents: string
  readonly metadata: Readonly<Record<string, unknown>>
}

const sourceOf = (text: string, node: Node): string =>
  text.slice(node.offset, node.offset + node.length)

/** HTTP has no body that is null: no bytes is all that such a case can mean. */
const bytesOf = (text: string, body: Node | undefined): string => {
  if (body === undefined || body.type === 'null') return ''
  return body.type === 'string' ? String(body.value) : sourceOf(text, body)
}

const objectOf = <Value>(node: Node | undefined): Readonly<Record<string, Value>> =>
  node === undefined ? {} : (getNodeValue(node) as Record<string, Value>)

const actualOf = (text: string, root: Node): Actual => {
  const contents = at(root, 'actual', 'contents')
  return {
    status: Number(at(root, 'actual', 'status')?.value ?? 200),
    headers: objectOf(at(root, 'actual', 'headers')),
    body: bytesOf(text, at(root, 'actual', 'body')),
    contents: contents === undefined ? '' : sourceOf(text, contents),
    metadata: objectOf(at(root, 'actual', 'metaData')),
  }
}

/** The case that stands in a file. Throws where it is none. */
export const specificationCase = (
  file: string,
  version: SpecificationCase['version'],
  part: Part,
  bytes: string,
): SpecificationCase => {
  // Two files of version 1 begin with a byte order mark.
  const { text, root } = parsedJson(bytes.replace(/^\uFEFF/, ''))
  const expected = at(root, 'expected')
  const matches: unknown = at(root, 'match')?.value
  if (expected === undefined || typeof matches !== 'boolean') {
    throw new Error(`${file} is no case of the Pact specification`)
  }
  return {
    file,
    version,
    part,
    name: basename(file, '.json'),
    expected: sourceOf(text, expected),
    actual: actualOf(text, root),
    matches,
  }
}

/** All cases under a folder that has `v1`, `v1.1`, ... as the specification's repository has them. */
export const readCorpus = async (folder: string): Promise<readonly SpecificationCase[]> => {
  const read = async (version: SpecificationCase['version'], part: Part) => {
    const files = await glob(`v${version}/testcases/${part}/**/*.json`, { cwd: folder })
    return Promise.all(
      files
        .toSorted()
        .map(async (file) =>
          specificationCase(file, version, part, await readFile(join(folder, file), 'utf8')),
        ),
    )
  }
  const parts = ['request', 'response', 'message'] as const
  const all = await Promise.all(
    versions.flatMap((version) => parts.map((part) => read(version, part))),
  )
  return all.flat()
}
