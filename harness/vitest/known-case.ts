import type { Proof } from '../attempt.ts'
import { caseId } from '../model/case-id.ts'
import type { Judgement } from '../model/finding.ts'
import { isSafeMethod } from '../model/http.ts'
import { isExpired, isKnownAs, type KnownFinding } from '../model/known.ts'
import type { Ruling, TestCase } from '../model/test-case.ts'
import { observationChecks } from '../spec/checks/index.ts'
import { judgeOperation } from '../spec/judge/judge-operation.ts'
import { noOperation } from '../spec/plan/no-operation.ts'
import { planSpec, type PlanSpecContext } from '../spec/plan/plan-spec.ts'
import { replayOperation } from '../spec/replay/replay-operation.ts'
import { replayRecipe } from '../spec/replay/replay-recipe.ts'
import { lastJudged } from '../spec/shrink/shrink.ts'
import { stepsOfRecipe } from '../spec/shrink/steps-of-recipe.ts'
import type { OperationDetail, OperationSeen, RecipeStep, Spec } from '../spec/types.ts'

/** The case that looks whether a known finding is still there. */
export interface KnownCase {
  readonly known: KnownFinding
  readonly testCase: TestCase<OperationDetail>
  readonly proof: Proof<OperationDetail, OperationSeen>
}

/** What only several answers show is judged by its whole case, which draws the facts anew. */
const needsCase = ({ code, recipe }: KnownFinding): boolean =>
  recipe === undefined || observationChecks.some((check) => check.code === code)

const toForget = 'remove it from the baseline, and accept what is found now'

/** Whether it may be sent: against an address that is not ours nothing is changed. */
const mayBeSent = (steps: readonly RecipeStep[], { allowWrites }: PlanSpecContext): boolean =>
  allowWrites !== false || steps.every(({ planned }) => isSafeMethod(planned.method))

const wordsFor = ({ because, until }: KnownFinding): string =>
  `It was accepted until ${until}, because: ${because}`

/** Only the finding that was accepted counts here: others are found by the other cases. */
const onlyThat = ({ findings, ...judgement }: Judgement, known: KnownFinding): Judgement => {
  if (judgement.verdict !== 'failed' && judgement.verdict !== 'verified')
    return { ...judgement, findings: [] }
  const own = findings.filter((one) => isKnownAs(known, known.integration, one))
  const over = isExpired(known, new Date()) ? ' That day is over.' : ''
  return own.length > 0
    ? { verdict: 'failed', findings: own, reason: `${wordsFor(known)}.${over}` }
    : { verdict: 'verified', findings: [], reason: 'What was accepted is fixed.' }
}

/** How it is asked: by its recipe where one answer shows it, else by the case that found it. */
const proofFor = (
  known: KnownFinding,
  steps: readonly RecipeStep[] | undefined,
): Proof<OperationDetail, OperationSeen> => {
  if (steps === undefined)
    return {
      replay: replayOperation,
      judge: async (testCase, seen) => onlyThat(await judgeOperation(testCase, seen), known),
    }
  return {
    replay: async ({ detail }, world) =>
      lastJudged(await replayRecipe(detail.operation, steps, world)),
    judge: async (testCase, seen) =>
      seen.exchanges.length < steps.length
        ? {
            verdict: 'blocked',
            findings: [],
            reason: `The request that was accepted cannot be sent: "${seen.exchanges.at(-1)?.planned.method} ${seen.exchanges.at(-1)?.planned.target}" before it does not give what it needs.`,
            fix: toForget,
          }
        : onlyThat(await judgeOperation(testCase, seen), known),
  }
}

const lost = (reason: string): Ruling => ({ verdict: 'failed', reason, fix: toForget })

/**
 * Makes the case of a known finding: the request that was accepted is sent again on a fresh testbed.
 * What the document does not have any more is a ruling, and red: the entry excuses nothing.
 */
export const knownCase = (known: KnownFinding, spec: Spec, context: PlanSpecContext): KnownCase => {
  const { integration, code, subject, file, pointer, aspect } = known
  const operation = spec.operations.find(({ method, path }) => `${method} ${path}` === subject)
  const steps =
    operation === undefined || known.recipe === undefined || needsCase(known)
      ? undefined
      : stepsOfRecipe(known.recipe, operation)
  const isByRecipe = steps !== undefined && mayBeSent(steps, context)
  const original = isByRecipe
    ? undefined
    : planSpec(spec, { ...context, seed: known.seed }).find(({ id }) => id === known.case)
  const ruling =
    operation === undefined
      ? lost(`The document has no ${subject} any more, of which "${code}" was accepted.`)
      : !isByRecipe && original === undefined
        ? lost(`The case that found "${code}" of ${subject} is planned no more.`)
        : original?.ruling
  const place = operation?.place ?? spec.locate('')
  const detail: OperationDetail = original?.detail ?? {
    technique: 'boundaries',
    operation: operation ?? noOperation(file, place),
    requests: [],
    isCredentialLacking: false,
    spec,
  }
  const id = operation?.operationId
  return {
    known,
    testCase: {
      id: caseId(integration, 'known', code, subject, file, pointer, aspect ?? ''),
      kind: 'operation',
      integration,
      group: [integration || spec.title],
      name: `${subject}${id === undefined ? '' : ` ${id}`} › known ${code}`,
      place,
      detail,
      ...(ruling === undefined ? {} : { ruling }),
    },
    proof: proofFor(known, isByRecipe ? steps : undefined),
  }
}
