import type { z } from 'zod'
import { nearest } from '../model/nearest.ts'
import type { UserErrorParts } from '../model/user-error.ts'
import { locateInDefaultExport } from './locate.ts'

type Issue = z.core.$ZodIssue
type Path = readonly (string | number)[]

const pathOf = (issue: Issue): Path =>
  issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))

const dotted = (path: Path): string => (path.length === 0 ? 'the configuration' : path.join('.'))

const keysOf = (schema: unknown): readonly string[] => {
  const shape: unknown = Reflect.get(Object(schema), 'shape')
  return typeof shape === 'object' && shape !== null ? Object.keys(shape) : []
}

const at = (value: unknown, key: string | number): unknown => Reflect.get(Object(value), key)

/** The branches of a union that a value can mean: the one that its discriminator names, else all. */
const branchesFor = (definition: unknown, value: unknown): readonly unknown[] => {
  const options = at(definition, 'options')
  if (!Array.isArray(options)) return []
  const discriminator = at(definition, 'discriminator')
  if (typeof discriminator !== 'string') return options
  const wanted = at(value, discriminator)
  const values = (option: unknown): unknown =>
    at(at(at(at(option, 'shape'), discriminator), 'def'), 'values')
  return options.filter((option) => {
    const literals = values(option)
    return Array.isArray(literals) && literals.includes(wanted)
  })
}

/** The keys that the schema knows at a path, through optionals, records and unions. */
const knownKeys = (schema: unknown, path: Path, value: unknown): readonly string[] => {
  const definition = at(schema, 'def')
  const inner = at(definition, 'innerType')
  if (inner !== undefined) return knownKeys(inner, path, value)
  const branches = branchesFor(definition, value)
  if (branches.length > 0)
    return [...new Set(branches.flatMap((branch) => knownKeys(branch, path, value)))]
  const [head, ...rest] = path
  if (head === undefined) return keysOf(schema)
  const member =
    at(definition, 'valueType') ?? at(definition, 'element') ?? at(at(schema, 'shape'), head)
  return knownKeys(member, rest, at(value, head))
}

/** What was read: the text, in which places are looked up, and the value that it made. */
interface Subject {
  readonly source: string
  readonly file: string
  readonly value: unknown
  readonly schema: unknown
}

const placeOf = ({ source, file }: Subject, path: Path): NonNullable<UserErrorParts['place']> => {
  const position = locateInDefaultExport(source, path)
  return position === undefined ? { file } : { file, ...position }
}

const unknownKey = (key: string, path: Path, subject: Subject): UserErrorParts => {
  const known = knownKeys(subject.schema, path, subject.value)
  const meant = nearest(key, known)
  return {
    problem: `unknown key "${key}" in ${dotted(path)}`,
    place: placeOf(subject, [...path, key]),
    expected: known.length === 0 ? 'no further keys' : `one of ${known.join(', ')}`,
    fix: meant === undefined ? 'remove it' : `write "${meant}"`,
  }
}

const depth = (issues: readonly Issue[]): number =>
  Math.max(0, ...issues.map(({ path }) => path.length))

/** The branch of a union that the author most likely meant: the deepest complaint, then the fewest. */
const likeliest = (branches: readonly (readonly Issue[])[]): readonly Issue[] =>
  branches.toSorted((a, b) => depth(b) - depth(a) || a.length - b.length)[0] ?? []

const describeIssue = (issue: Issue, prefix: Path, subject: Subject): readonly UserErrorParts[] => {
  const path = [...prefix, ...pathOf(issue)]
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => unknownKey(key, path, subject))
  if (issue.code === 'invalid_union' && issue.errors.length > 0)
    return likeliest(issue.errors).flatMap((inner) => describeIssue(inner, path, subject))
  const sentence = (issue.message.split('\n')[0] ?? '').replace(/^Invalid (?:input|option): /, '')
  return [
    {
      problem: `${dotted(path)}: ${sentence}`,
      place: placeOf(subject, path),
      ...(issue.code === 'invalid_key'
        ? { expected: 'letters, digits, - and _, a letter first' }
        : {}),
    },
  ]
}

/**
 * What is wrong with a configuration, in the words of {@link UserErrorParts}: each unknown key with
 * the keys that are known there and the nearest of them, each with its line and column.
 */
export const configErrors = (
  issues: readonly Issue[],
  subject: Subject,
): readonly UserErrorParts[] => issues.flatMap((issue) => describeIssue(issue, [], subject))
