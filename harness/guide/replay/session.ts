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
import type { Surroundings } from '../surroundings.ts'
import type { Fence, GuideDetail, Part, TsFence } from '../types.ts'
import { answerView } from './answer.ts'
import { makeApi } from './api.ts'
import { byName, keptView } from './by-name.ts'
import { pickCredential, withCredential } from './credentials.ts'
import { commandEnvironment } from './command-environment.ts'
import { countedExpect } from './counted-expect.ts'
import { runHttpFence } from './http-fence.ts'
import { metricIn } from './metrics.ts'
import { openOwnFolder } from './own-folder.ts'
import { ScenarioEnded, StepStopped } from './outcome.ts'
import { unmetOfError } from './script-error.ts'
import { runShFence } from './sh-fence.ts'
import { sightOf } from './sight-of.ts'
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
  readonly surroundings: Surroundings
}

/** The fences under a label of a drill, while they run. */
export interface PartUnderWay {
  /** What it is called in the journal: `solution`. */
  readonly name: string
  /** The step whose credential it uses, and whose last answer it sees. */
  readonly step: number
  /** What its commands find in their environment beside the usual. */
  readonly environment: Readonly<Record<string, string>>
}

/** One scenario on one testbed: what its fences may use, and what came of them. */
export interface Session {
  readonly scope: Omit<GuideScope, 'step'>
  /** Given (step 0) or a step begins. Throws `UserError` for a credential that nobody knows. */
  begin(step: number): void
  /** The fences under a label of a drill begin; the answer of the step before them stays. */
  beginPart(part: PartUnderWay): void
  /** The function of the compiled page that runs the fences of a part, by its line. */
  part(line: number): (() => Promise<void>) | undefined
  /** It ended, perhaps with an error: what did not hold. Throws what concerns the whole case. */
  end(error?: unknown): StepRun
  /** Takes away what its commands left in their folder. */
  close(): Promise<void>
}

/** What goes on in the session at this moment. */
interface Now {
  /** When Given or the step began, in milliseconds of `performance.now()`. */
  from: number
  step: number
  /** As the journal calls it. */
  name: string
  environment: Readonly<Record<string, string>>
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
  name: 'Given',
  environment: {},
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
  const drills = scenario.drills.flatMap((drill) => Object.values(drill.fences).flat())
  const fences = [...parts.flatMap((part) => part?.fences ?? []), ...drills]
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
  surroundings,
}: SessionOptions): Session => {
  const fences = fencesOf(detail)
  const kept: Kept = new Map()
  const baseUrl = testbed.description.providerUrl
  const now: Now = { ...nothingYet }
  const folder = openOwnFolder()
  let parts: Readonly<Record<number, () => Promise<void>>> = {}

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
    world.journal.note(now.name, seen)
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
      world.journal.note(`${now.name}: ${fence.statement.text}`)
      await runSqlFence(fence, testbed.database(fence.statement.database), kept)
    },
    sh: async (line) => {
      const fence = fenceAt(line, 'sh')
      for (const { text } of fence.commands) world.journal.note(`${now.name}: $ ${text}`)
      await runShFence(fence, {
        commands: surroundings.commands,
        testbed,
        environment: { ...commandEnvironment(testbed.description), ...now.environment },
        folder: () => folder.path(),
        kept,
        signal: world.signal,
      })
    },
    parts: (handed) => {
      parts = handed
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
        { method: 'GET', url: `${baseUrl}${surroundings.metricsPath}`, headers: [] },
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
      const name = step === 0 ? 'Given' : `step ${step}`
      Object.assign(now, { ...nothingYet, step, name, credential, from: performance.now() })
    },
    beginPart: ({ name, step, environment }) => {
      const credential = pickCredential(world.credentials, partOf(detail, step)?.credential)
      const from = performance.now()
      Object.assign(now, { step, name, environment, credential, fence: undefined, from })
    },
    part: (line) => parts[line],
    end: (error) => {
      const { step } = now
      return {
        step,
        unmet: error === undefined ? unreached() : unmetOf(error),
        milliseconds: performance.now() - now.from,
        sight: sightOf(step, now),
      }
    },
    close: () => folder.close(),
  }
}
