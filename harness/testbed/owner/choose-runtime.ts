import type { ValidConfig } from '../../config/schema.ts'
import { UserError } from '../../model/user-error.ts'
import { describeEngine, type Engine } from '../engine/engine.ts'
import { findEngine } from '../engine/find-engine.ts'

/** What dependencies are made of in this run. */
export type Runtime =
  | { readonly kind: 'processes'; /** Why, in a sentence. */ readonly reason: string }
  | { readonly kind: 'containers'; readonly reason: string; readonly engine: Engine }

type Asked = NonNullable<ValidConfig['runtime']>

const known: readonly Asked[] = ['auto', 'processes', 'containers']

const isAsked = (text: string): text is Asked => known.some((one) => one === text)

interface Wish {
  readonly asked: Asked
  /** Where it stands. */
  readonly source: string
}

const wishOf = (
  configured: Asked | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Wish => {
  const text = environment['PROOFBOOK_RUNTIME'] ?? ''
  if (text === '') return { asked: configured ?? 'auto', source: 'proofbook.config.ts' }
  if (isAsked(text)) return { asked: text, source: 'PROOFBOOK_RUNTIME' }
  throw new UserError({
    problem: `PROOFBOOK_RUNTIME is "${text}", which is no runtime.`,
    expected: `one of ${known.join(', ')}`,
    fix: 'correct it, or unset it: then proofbook.config.ts decides',
  })
}

/** What the person is told where `auto` decided. */
const runtimeNotice = (asked: Asked, { kind, reason }: Runtime): string | undefined =>
  asked === 'auto' ? `runtime   ${kind}: ${reason}` : undefined

/** A runtime, and what the person is told of it. */
export interface ChosenRuntime {
  readonly runtime: Runtime
  readonly notices: readonly string[]
}

/**
 * Decides what dependencies are made of: what PROOFBOOK_RUNTIME says, else the config; for `auto`,
 * containers where an engine answers within 2 s.
 *
 * Throws a `UserError` where containers are asked for and no engine answers, with the reason of each
 * place that was looked at, and `Blocked` where one answers and does not say what it is.
 *
 * @example
 * await chooseRuntime('auto', process.env)
 * // { runtime: { kind: 'processes', reason: 'no container engine answers (DOCKER_HOST is not set; …)' }, … }
 */
export const chooseRuntime = async (
  configured: Asked | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<ChosenRuntime> => {
  const { asked, source } = wishOf(configured, environment)
  const chosen = (runtime: Runtime): ChosenRuntime => {
    const notice = runtimeNotice(asked, runtime)
    return { runtime, notices: notice === undefined ? [] : [notice] }
  }
  if (asked === 'processes') return chosen({ kind: 'processes', reason: `${source} says so` })
  const search = await findEngine(environment)
  if ('address' in search) {
    const engine = await describeEngine(search, environment)
    const named = engine.source === engine.uri ? '' : ` (${engine.source})`
    const reason = `${engine.versionText} answers at ${engine.uri}${named}`
    return chosen({ kind: 'containers', engine, reason })
  }
  if (asked === 'auto')
    return chosen({
      kind: 'processes',
      reason: `no container engine answers (${search.reasons.join('; ')})`,
    })
  throw new UserError({
    problem: `${source} asks for the runtime "containers", and no container engine answers.`,
    expected: `an engine that answers within 2 s; ${search.reasons.join('; ')}`,
    fix: 'start Docker, or set DOCKER_HOST to an engine that runs, or take the runtime "processes" or "auto"',
  })
}
