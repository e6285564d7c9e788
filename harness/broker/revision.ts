import { UserError } from '../model/user-error.ts'
import { ciSystems } from './ci-variables.ts'
import type { GitState } from './git.ts'
import type { Environment } from './settings.ts'

/** A value, and who said it. */
interface Said {
  readonly value: string
  readonly from: string
}

/** What is published: which version of the code, of which branch, built where. */
export interface Revision {
  readonly version: Said
  readonly branch?: Said
  readonly build?: Said
}

/** What the command line says, which wins over all else. */
export interface RevisionFlags {
  readonly version?: string | undefined
  readonly branch?: string | undefined
  readonly buildUrl?: string | undefined
}

const flag = (value: string | undefined, name: string): Said | undefined =>
  value === undefined ? undefined : { value, from: name }

const first = (environment: Environment, names: readonly string[]): Said | undefined => {
  const name = names.find((one) => (environment[one] ?? '') !== '')
  return name === undefined ? undefined : { value: environment[name] ?? '', from: name }
}

const branchName = ({ value, from }: Said): Said => ({
  value: value.replace(/^refs\/heads\//, ''),
  from,
})

/**
 * Which version, branch and build something is published under: what the flags say, else the
 * variables of the CI that runs, else git. Each with where it comes from, to be printed: nothing is
 * guessed in silence.
 *
 * Throws a `UserError` where nobody knows a version.
 *
 * @example
 * revisionOf({}, process.env, await gitState(root)).version // { value: '3f2a…', from: 'git HEAD' }
 */
export const revisionOf = (
  flags: RevisionFlags,
  environment: Environment,
  git: GitState,
): Revision => {
  const ci = ciSystems.find(({ sign }) => (environment[sign] ?? '') !== '')
  const head =
    git.commit === undefined
      ? undefined
      : {
          value: git.commit,
          from: git.changed
            ? 'git HEAD; the work tree has changes that it does not have'
            : 'git HEAD',
        }
  const version = flag(flags.version, '--version') ?? first(environment, ci?.version ?? []) ?? head
  if (version === undefined)
    throw new UserError({
      problem: 'nobody says which version this is',
      expected: "--version, a variable of the CI's, or a commit of git",
      fix: '--version VERSION',
    })
  const said =
    flag(flags.branch, '--branch') ??
    first(environment, ci?.branch ?? []) ??
    (git.branch === undefined ? undefined : { value: git.branch, from: 'git HEAD' })
  const url = ci?.build(environment)
  const build =
    flag(flags.buildUrl, '--build-url') ??
    (ci === undefined || url === undefined ? undefined : { value: url, from: ci.buildFrom })
  return {
    version,
    ...(said === undefined ? {} : { branch: branchName(said) }),
    ...(build === undefined ? {} : { build }),
  }
}

/** What is published under which names, one line each, for people. */
export const revisionLines = ({ version, branch, build }: Revision): readonly string[] => [
  `version   ${version.value}  (${version.from})`,
  branch === undefined
    ? 'branch    none: HEAD is on no branch, and no CI names one  (--branch NAME)'
    : `branch    ${branch.value}  (${branch.from})`,
  ...(build === undefined ? [] : [`build     ${build.value}  (${build.from})`]),
]
