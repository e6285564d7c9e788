import { formatPlace, type Place } from './place.ts'

/** The parts of which the message of a {@link UserError} is made. */
export interface UserErrorParts {
  /** What is wrong, one sentence without the file's name. */
  readonly problem: string
  /** Where: a file, and a line where one is known. */
  readonly place?: Place | { readonly file: string }
  /** What was expected there. */
  readonly expected?: string
  /** What the user can do about it. */
  readonly fix?: string
}

const formatted = ({ problem, place, expected, fix }: UserErrorParts): string => {
  const where = place === undefined ? '' : 'line' in place ? formatPlace(place) : place.file
  return [
    where === '' ? problem : `${where}: ${problem}`,
    ...(expected === undefined ? [] : [`  expected: ${expected}`]),
    ...(fix === undefined ? [] : [`  fix: ${fix}`]),
  ].join('\n')
}

/**
 * A mistake in what the user gave us. It is shown without a stack: the message names the file, the
 * place, what was expected and the fix.
 *
 * @example
 * throw new UserError({
 *   problem: 'unknown key "environmnet"', place: { file: 'proofbook.config.ts', line: 9 },
 *   expected: 'one of start, ready, environment', fix: 'write "environment"',
 * })
 */
export class UserError extends Error {
  override readonly name = 'UserError'
  readonly parts: UserErrorParts
  /** Further mistakes of the same reading, so that a file is mended in one go. */
  readonly others: readonly UserErrorParts[]

  constructor(parts: UserErrorParts, others: readonly UserErrorParts[] = []) {
    super([parts, ...others].map(formatted).join('\n'))
    this.parts = parts
    this.others = others
  }
}

/**
 * A case that could not be asked: something it needs is missing or did not start. Becomes the
 * verdict `blocked`.
 *
 * @example
 * throw new Blocked({ problem: 'The stub "payments" needs Java 11 or newer.', fix: 'apt-get install default-jre-headless' })
 */
export class Blocked extends Error {
  override readonly name = 'Blocked'
  readonly parts: UserErrorParts & { readonly log?: string }

  /** `log` holds the last lines of the log of what did not start. */
  constructor(parts: UserErrorParts & { readonly log?: string }) {
    super(formatted(parts))
    this.parts = parts
  }
}

/**
 * A system that is not ours went away while it was asked: an outage, or a redeploy. It says nothing
 * about any case, and ends the run.
 */
export class EnvironmentGone extends Error {
  override readonly name = 'EnvironmentGone'
  readonly url: string
  /** `connection refused, also to 3 probes (GET …)` */
  readonly reason: string

  constructor(url: string, reason: string) {
    super(`The environment at ${url} is gone: ${reason}.`)
    this.url = url
    this.reason = reason
  }
}
