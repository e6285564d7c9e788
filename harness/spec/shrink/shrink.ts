import { identityOf, type Finding, type Judgement } from '../../model/finding.ts'
import type { Exchange } from '../../model/http.ts'
import type { RecipeRequest } from '../../model/recipe.ts'
import type { TestCase } from '../../model/test-case.ts'
import type {
  Observation,
  OperationDetail,
  OperationSeen,
  PlannedRequest,
  RecipeSeen,
  RecipeStep,
} from '../types.ts'
import { errorOf, essenceOfAll } from './alike.ts'
import { takenFrom } from '../replay/filled.ts'
import { traced, type Traced } from './holes.ts'
import { purposeOf } from './purpose.ts'
import { most, openBudget } from './search.ts'
import { smallerRequest } from './smaller-request.ts'
import { templated } from './template.ts'

/** What may be spent on one finding. */
const triesMax = 12
const triesForSteps = 7
const millisecondsMax = 5000

/** What shrinking needs of others: it replays and judges again and again, and does neither itself. */
export interface ShrinkTools {
  readonly judge: (testCase: TestCase<OperationDetail>, seen: OperationSeen) => Promise<Judgement>
  /** Sends a recipe to a fresh testbed; `undefined` where that was not possible. */
  readonly replay: (steps: readonly RecipeStep[]) => Promise<RecipeSeen | undefined>
}

type Shows = (seen: RecipeSeen, kept: readonly number[]) => Promise<boolean>

/** Errors are told apart by what they say, since their codes say only that there is one. */
const isOfError = ({ code }: Finding): boolean =>
  ['server-error', 'documented-server-error', 'internals-shown'].includes(code)

const sameAnswer = (finding: Finding, first: Exchange, again: Exchange): boolean =>
  first.answer?.status === again.answer?.status &&
  (!isOfError(finding) || errorOf(first) === errorOf(again))

const aside = (planned: PlannedRequest): PlannedRequest => ({
  ...planned,
  intent: { kind: 'aside' },
})

/** The last answer is judged as it was in its case; what comes before only makes the state. */
export const lastJudged = (seen: RecipeSeen): OperationSeen => ({
  exchanges: seen.exchanges.map(({ planned, exchange }, index) =>
    index === seen.exchanges.length - 1
      ? { planned, exchange }
      : { planned: aside(planned), exchange },
  ),
  observations: [],
})

/** Whether the last answer of a recipe shows a finding of the same identity, in the same way. */
const showsAnswer =
  (
    testCase: TestCase<OperationDetail>,
    finding: Finding,
    first: Exchange,
    { judge }: ShrinkTools,
  ): Shows =>
  async (seen, kept) => {
    const last = seen.exchanges.at(-1)
    if (last === undefined || seen.exchanges.length < kept.length) return false
    if (!sameAnswer(finding, first, last.exchange)) return false
    const { findings } = await judge(testCase, lastJudged(seen))
    return findings.some(
      (one) => identityOf(one) === identityOf(finding) && one.expected === finding.expected,
    )
  }

const namesIn = (
  steps: readonly RecipeStep[],
  exchanges: readonly Exchange[],
): ReadonlyMap<string, string> =>
  new Map(
    steps.flatMap(({ takes }, index) =>
      takes.flatMap(({ name, from }): [string, string][] => {
        const exchange = exchanges[index]
        const value = exchange === undefined ? undefined : takenFrom(exchange, from)
        return value === undefined ? [] : [[String(value), name]]
      }),
    ),
  )

/**
 * What several exchanges show is shown again where each of them is answered as it was: its facts were
 * drawn from just these answers.
 */
const showsObserved =
  (all: readonly Traced[], { exchanges }: OperationSeen, observed: readonly number[]): Shows =>
  (seen, kept) => {
    if (seen.exchanges.length < kept.length) return Promise.resolve(false)
    const steps = templated(all, kept)
    const before = kept.flatMap((index) => exchanges[index]?.exchange ?? [])
    const after = seen.exchanges.map(({ exchange }) => exchange)
    const isObserved = (_: unknown, at: number): boolean => observed.includes(kept[at] ?? -1)
    return Promise.resolve(
      essenceOfAll(before.filter(isObserved), namesIn(steps, before)) ===
        essenceOfAll(after.filter(isObserved), namesIn(steps, after)),
    )
  }

/** Requests that give what these hold, and what those hold in turn. */
const closureOf = (all: readonly Traced[], wanted: readonly number[]): readonly number[] => {
  const found = new Set<number>()
  const visit = (index: number): void => {
    if (found.has(index)) return
    found.add(index)
    for (const { given } of all[index]?.holes ?? []) visit(given.step)
  }
  for (const index of wanted) visit(index)
  return [...found].toSorted((a, b) => a - b)
}

const bodyOf = (body: Uint8Array): NonNullable<RecipeRequest['body']> => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    return { base64: Buffer.from(body).toString('base64') }
  }
}

const recipeRequest = ({ planned, takes }: RecipeStep): RecipeRequest => {
  const { method, target, headers, body, credentials } = planned
  return {
    method,
    target,
    headers,
    ...(body === undefined ? {} : { body: bodyOf(body) }),
    credentials,
    takes,
  }
}

const withRecipe = (finding: Finding, steps: readonly RecipeStep[], seen: RecipeSeen): Finding => {
  const request = seen.exchanges.at(-1)?.exchange.request
  return {
    ...finding,
    ...(request === undefined ? {} : { request }),
    recipe: {
      requests: steps.map(recipeRequest),
      purpose: purposeOf(steps.at(-1)?.planned.intent),
    },
    shown: seen.shown,
  }
}

const observationOf = (finding: Finding, seen: OperationSeen): Observation | undefined =>
  seen.observations.find(
    ({ code, exchanges }) => code === finding.code && exchanges.at(-1)?.request === finding.request,
  )

/**
 * Looks for the fewest requests and the smallest one that show a finding on fresh testbeds, within a
 * bound. What does not show just this finding is never taken; where nothing does, the finding is
 * what it was.
 *
 * @example
 * const small = await shrink(testCase, seen, finding, { judge: judgeOperation, replay })
 * small.recipe?.requests.length // 2: make it, then read it
 */
export const shrink = async (
  testCase: TestCase<OperationDetail>,
  seen: OperationSeen,
  finding: Finding,
  tools: ShrinkTools,
): Promise<Finding> => {
  const { exchanges } = seen
  const indexOf = (exchange: Exchange): number =>
    exchanges.findIndex((one) => one.exchange.request === exchange.request)
  const observation = observationOf(finding, seen)
  const at = exchanges.findIndex(({ exchange }) => exchange.request === finding.request)
  const wanted = observation === undefined ? [at] : observation.exchanges.map(indexOf)
  const end = Math.max(...wanted)
  const first = exchanges[at]
  if (first === undefined || wanted.includes(-1) || finding.code === 'inconclusive') return finding

  const all = traced(exchanges.slice(0, end + 1))
  const shows =
    observation === undefined
      ? showsAnswer(testCase, finding, first.exchange, tools)
      : showsObserved(all, seen, wanted)
  const budget = openBudget(triesMax, millisecondsMax)
  let best: { readonly steps: readonly RecipeStep[]; readonly seen: RecipeSeen } | undefined
  const trial = async (steps: readonly RecipeStep[], kept: readonly number[]): Promise<boolean> => {
    if (!budget.take()) return false
    const again = await tools.replay(steps)
    if (again === undefined || !(await shows(again, kept))) return false
    best = { steps, seen: again }
    return true
  }

  const kept = await fewestSteps(all, wanted, end, (some) => trial(templated(all, some), some))
  if (kept === undefined || observation !== undefined)
    return best === undefined ? finding : withRecipe(finding, best.steps, best.seen)
  const { planned } = first
  await smallerRequest(
    planned,
    planned.operation ?? testCase.detail.operation,
    testCase.detail.spec,
    (smaller) => {
      const traces = all.map((one, index) => (index === at ? { ...one, planned: smaller } : one))
      return trial(templated(traces, kept), kept)
    },
  )
  return best === undefined ? finding : withRecipe(finding, best.steps, best.seen)
}

/**
 * Which requests have to come before: at first none, then what the wanted ones hold something of, then
 * all, and of these as few as the tries allow.
 */
const fewestSteps = async (
  all: readonly Traced[],
  wanted: readonly number[],
  end: number,
  holds: (kept: readonly number[]) => Promise<boolean>,
): Promise<readonly number[] | undefined> => {
  const sorted = [...new Set(wanted)].toSorted((a, b) => a - b)
  if (await holds(sorted)) return sorted
  const closure = closureOf(all, sorted)
  if (closure.length > sorted.length && (await holds(closure))) return closure
  const whole = Array.from({ length: end + 1 }, (_, index) => index)
  if (closure.length < whole.length && !(await holds(whole))) return undefined
  if (closure.length === whole.length) return undefined
  let tries = triesForSteps
  let kept: readonly number[] = whole
  const others = whole.filter((index) => !sorted.includes(index))
  // Those of no use for what is held go first; the later ones stand closer to what is shown.
  const order = others.toSorted(
    (a, b) => Number(closure.includes(a)) - Number(closure.includes(b)) || a - b,
  )
  await most(order, async (dropped) => {
    if (tries === 0 || dropped.length === others.length) return false
    const rest = whole.filter((index) => !dropped.includes(index))
    tries -= 1
    if (!(await holds(rest))) return false
    kept = rest
    return true
  })
  return kept
}
