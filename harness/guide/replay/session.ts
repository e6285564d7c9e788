import type { ExpectStatic } from 'vitest'
import type { Credential } from '../../model/credential.ts'
import type { Exchange, HttpAnswer, HttpRequest } from '../../model/http.ts'
import { Blocked, UserError } from '../../model/user-error.ts'
import { send } from '../../testbed/http/send.ts'
import type { Link, Stub, Testbed } from '../../testbed/testbed.ts'
import type { World } from '../../testbed/world.ts'
import { expectsSomething, usesAssert } from '../expects.ts'
import type { Kept } from '../fences/hole.ts'
import type { GuideScope } from '../scope.ts'
import type { StepRun, Unmet } from '../seen.ts'
import type { Fence, GuideDetail, Part, TsFence } from '../types.ts'
import { answerView } from './answer.ts'
import { makeApi } from './api.ts'
import { byName, keptView } from './by-name.ts'
import { pickCredential, withCredential } from './credentials.ts'
import { countedExpect } from './counted-expect.ts'
import { runHttpFence } from './http-fence.ts'
import { metricIn } from './metrics.ts'
import { ScenarioEnded, StepStopped } from './outcome.ts'
import { unmetOfError } from './script-error.ts'
import { runSqlFence } from './sql-fence.ts'

const bytesMax = 5 * 1024 * 1024

/** What a session is opened with. */
export interface SessionOptions {
  readonly world: World
  readonly testbed: Testbed
  readonly detail: GuideDetail
  readonly expect: ExpectStatic
  /** How long one answer may take. */
  readonly answerMilliseconds: number
}

/** One scenario on one testbed: what its fences may use, and what came of them. */
export interface Session {
  readonly scope: Omit<GuideScope, 'step'>
  /** Given (step 0) or a step begins. Throws `UserError` for a credential that nobody knows. */
  begin(step: number): void
  /** It ended, perhaps with an error: what did not hold. Throws what concerns the whole case. */
  end(error?: unknown): StepRun
}

/** What goes on in the session at this moment. */
interface Now {
  /** When Given or the step began, in milliseconds of `performance.now()`. */
  from: number
  step: number
  credential: Credential | undefined
  fence: TsFence | undefined
  answer: HttpAnswer | undefined
  failure: string | undefined
  milliseconds: number
  /** Whether `expect` was called. */
  asserted: boolean
}

const nothingYet: Readonly<Now> = {
  from: 0,
  step: 0,
  credential: undefined,
  fence: undefined,
  answer: undefined,
  failure: undefined,
  milliseconds: 0,
  asserted: false,
}

const partOf = ({ scenario }: GuideDetail, step: number): Part | undefined =>
  step === 0
    ? scenario.given
    : [...scenario.steps, ...(scenario.rollback === undefined ? [] : [scenario.rollback])].find(
        ({ number }) => number === step,
      )

const fencesOf = ({ scenario }: GuideDetail): ReadonlyMap<number, Fence> => {
  const parts: readonly (Part | undefined)[] = [
    scenario.given,
    ...scenario.steps,
    scenario.rollback,
  ]
  const fences = parts.flatMap((part) => part?.fences ?? [])
  return new Map(fences.map((fence) => [fence.place.line, fence]))
}

const concernsCase = (error: unknown, signal: AbortSignal): boolean =>
  error instanceof Blocked ||
  error instanceof UserError ||
  error instanceof ScenarioEnded ||
  signal.aborted

/** Opens a session on a leased testbed. */
export const openSession = ({
  world,
  testbed,
  detail,
  expect,
  answerMilliseconds,
}: SessionOptions): Session => {
  const fences = fencesOf(detail)
  const kept: Kept = new Map()
  const baseUrl = testbed.description.providerUrl
  const now: Now = { ...nothingYet }

  const exchange = async (request: HttpRequest): Promise<Exchange> => {
    const complete = withCredential(request, now.credential)
    const from = performance.now()
    const seen = await send(complete, {
      timeoutMilliseconds: answerMilliseconds,
      bytesMax,
      signal: world.signal,
    })
    now.milliseconds = seen.answer?.milliseconds ?? performance.now() - from
    now.answer = seen.answer
    now.failure = seen.failure
    world.journal.note(now.step === 0 ? 'Given' : `step ${now.step}`, seen)
    return seen
  }

  /** In Given a `ts` fence that gets another answer than 2xx has nothing to go on with. */
  const apiExchange = async (request: HttpRequest): Promise<Exchange> => {
    const seen = await exchange(request)
    const status = seen.answer?.status ?? 0
    if (now.step !== 0 || now.fence === undefined || (status >= 200 && status < 300)) return seen
    const actual = seen.failure ?? String(status)
    const { place } = now.fence
    throw new StepStopped([
      {
        code: 'guide-status',
        place,
        subject: 'the status',
        expected: '2xx',
        actual,
        request: seen.request,
      },
    ])
  }

  const fenceAt = <Language extends Fence['language']>(line: number, language: Language) => {
    const fence = fences.get(line)
    if (fence?.language !== language)
      throw new UserError({
        problem: `no ${language} fence opens here`,
        place: { file: detail.file, line },
        expected: 'the page as it was compiled',
        fix: 'run it again: the page has changed',
      })
    return fence as Extract<Fence, { readonly language: Language }>
  }

  const scope: Session['scope'] = {
    http: (line) => runHttpFence(fenceAt(line, 'http'), baseUrl, kept, exchange),
    sql: async (line) => {
      const fence = fenceAt(line, 'sql')
      world.journal.note(
        `${now.step === 0 ? 'Given' : `step ${now.step}`}: ${fence.statement.text}`,
      )
      await runSqlFence(fence, testbed.database(fence.statement.database), kept)
    },
    enter: (line) => {
      now.fence = fenceAt(line, 'ts')
    },
    api: makeApi(baseUrl, apiExchange),
    answer: answerView(() => now.answer),
    database: {
      query: (text, values) => testbed.database().query(text, values),
      get url() {
        return testbed.database().url
      },
    },
    stubs: byName<Stub>((name) => testbed.stub(name)),
    links: byName<Link>((name) => testbed.link(name)),
    logs: () => testbed.log(),
    metrics: async (name) => {
      const { answer } = await send(
        { method: 'GET', url: `${baseUrl}/metrics`, headers: [] },
        { timeoutMilliseconds: answerMilliseconds, bytesMax, signal: world.signal },
      )
      return answer?.status === 200
        ? metricIn(new TextDecoder().decode(answer.body), name)
        : undefined
    },
    expect: countedExpect(expect, () => {
      now.asserted = true
    }),
    kept: keptView(kept),
  }

  const unmetOf = (error: unknown): readonly Unmet[] => {
    if (error instanceof StepStopped) return error.unmet
    if (concernsCase(error, world.signal) || now.fence === undefined) throw error
    return [unmetOfError(error, detail.file, now.fence)]
  }

  /** What a step of nothing but scripts lacks whose assertions were never reached. */
  const unreached = (): readonly Unmet[] => {
    const { fence, step, asserted } = now
    const expecting = (partOf(detail, step)?.fences ?? []).filter(expectsSomething)
    const onlyScripts = expecting.every(({ language }) => language === 'ts')
    if (step === 0 || asserted || fence === undefined || expecting.length === 0 || !onlyScripts)
      return []
    if (expecting.some(usesAssert)) return []
    return [
      {
        code: 'guide-script',
        place: fence.place,
        subject: 'the assertions',
        expected: 'an expect that is reached',
        actual: 'the fence ended without one',
      },
    ]
  }

  return {
    scope,
    begin: (step) => {
      const credential = pickCredential(world.credentials, partOf(detail, step)?.credential)
      Object.assign(now, { ...nothingYet, step, credential, from: performance.now() })
    },
    end: (error) => {
      const { step, answer, failure } = now
      return {
        step,
        unmet: error === undefined ? unreached() : unmetOf(error),
        milliseconds: performance.now() - now.from,
        sight: {
          step,
          milliseconds: now.milliseconds,
          ...(answer === undefined ? {} : { status: answer.status }),
          ...(failure === undefined ? {} : { failure }),
        },
      }
    },
  }
}
