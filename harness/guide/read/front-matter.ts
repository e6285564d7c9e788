import { isMap, isScalar, LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import type { Place } from '../../model/place.ts'
import { nearest } from '../../model/nearest.ts'
import type { FrontMatter } from '../types.ts'
import type { PlacedProblem } from './problems.ts'

const names = z.string().min(1)
const fields = {
  integration: z.union([names.transform((name) => [name]), z.array(names).min(1)]),
  owner: z.string().min(1),
  adopted: z.boolean(),
} as const
type Field = keyof typeof fields

const expected: Readonly<Record<Field, string>> = {
  integration: 'the name of an integration of the config, or a list of names',
  owner: 'the name of a person or a team',
  adopted: 'true or false',
}
const isField = (key: string): key is Field => Object.hasOwn(fields, key)
const sizeMax = 64 * 1024

/**
 * Reads the front matter of a page: `integration`, `owner`, `adopted`. Keys of other tools are left
 * alone; one that is nearly ours is a problem. Never throws.
 *
 * @example
 * readFrontMatter('guides/orders.md', 'integration: orders\nadopted: true', 2)
 */
export const readFrontMatter = (
  file: string,
  text: string,
  firstLine: number,
): { readonly front: FrontMatter; readonly problems: readonly PlacedProblem[] } => {
  const none: FrontMatter = { integrations: [], adopted: false }
  const problems: PlacedProblem[] = []
  const place = (line: number, column = 1): Place => ({ file, line: firstLine + line - 1, column })
  if (text.length > sizeMax) {
    problems.push({
      problem: 'the front matter is too long',
      place: place(1),
      expected: 'at most 64 KiB',
    })
    return { front: none, problems }
  }
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter })
  const at = (offset: number): Place => {
    const { line, col } = counter.linePos(offset)
    return place(line, col)
  }
  for (const error of document.errors)
    problems.push({
      problem: `the front matter is not YAML: ${error.message.split(' at line')[0] ?? error.message}`,
      place: at(error.pos[0]),
      expected: 'lines such as "integration: orders"',
      severity: 'error',
    })
  if (document.errors.length > 0 || !isMap(document.contents)) return { front: none, problems }
  const values: { -readonly [key in Field]?: z.output<(typeof fields)[key]> } = {}
  let integrationPlace: Place | undefined
  for (const { key, value } of document.contents.items) {
    const name = isScalar(key) ? String(key.value) : ''
    const keyPlace = at(isScalar(key) ? (key.range?.[0] ?? 0) : 0)
    if (!isField(name)) {
      const meant = nearest(name, Object.keys(fields))
      if (meant === undefined) continue
      problems.push({
        problem: `unknown key "${name}" in the front matter`,
        place: keyPlace,
        expected: `one of ${Object.keys(fields).join(', ')}`,
        fix: `write "${meant}"`,
        ...(meant === 'adopted' ? { severity: 'error' as const } : {}),
      })
      continue
    }
    if (name === 'integration') integrationPlace = keyPlace
    const plain: unknown = document.toJS({ maxAliasCount: 10 })[name] ?? value
    const parsed = fields[name].safeParse(plain)
    if (parsed.success) Object.assign(values, { [name]: parsed.data })
    else
      problems.push({
        problem: `"${name}" is not understood`,
        place: keyPlace,
        expected: expected[name],
        ...(name === 'adopted'
          ? { fix: 'write "adopted: true", or take the line away', severity: 'error' as const }
          : {}),
      })
  }
  return {
    front: {
      integrations: values.integration ?? [],
      ...(integrationPlace === undefined ? {} : { integrationPlace }),
      ...(values.owner === undefined ? {} : { owner: values.owner }),
      adopted: values.adopted ?? false,
    },
    problems,
  }
}
