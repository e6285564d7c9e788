import { stat } from 'node:fs/promises'
import { relative, resolve, sep } from 'node:path'
import { nearest } from '../model/nearest.ts'
import { UserError, type UserErrorParts } from '../model/user-error.ts'
import type { Discovered } from '../vitest/roots.ts'

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

const problemOf = async (
  root: string,
  file: string,
  { roots, ignored }: Discovered,
): Promise<UserErrorParts | undefined> => {
  const known = roots.map((one) => one.file)
  if (known.some((one) => one === file || one.startsWith(`${file}/`))) return undefined
  const expected = 'a contract, spec or guide that the configuration names, or a folder of them'
  if (ignored.includes(file))
    return {
      problem: 'this is neither a contract, a spec nor a bound guide',
      place: { file },
      expected,
    }
  const meant = nearest(file, known)
  const fix = meant === undefined ? {} : { fix: `name ${meant}` }
  return (await exists(resolve(root, file)))
    ? { problem: 'the configuration does not name this file', place: { file }, expected, ...fix }
    : { problem: 'there is no such file', place: { file }, expected, ...fix }
}

/**
 * The files that were named on the command line, relative to the root. Vitest alone takes a name for
 * a part of a path, and drops one that matches nothing as long as another does.
 *
 * Throws a `UserError` that lists each name under which nothing would be replayed.
 */
export const chosenFiles = async (
  root: string,
  files: readonly string[],
  discovered: Discovered,
): Promise<readonly string[]> => {
  const inRoot = files.map((file) => relative(root, resolve(root, file)).split(sep).join('/'))
  const problems = await Promise.all(inRoot.map((file) => problemOf(root, file, discovered)))
  const [first, ...others] = problems.filter((problem) => problem !== undefined)
  if (first !== undefined) throw new UserError(first, others)
  return inRoot
}
