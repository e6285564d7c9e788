import { budgetFix } from '../budget-fix.ts'
import { counted } from '../../model/counted.ts'
import { isSafeMethod } from '../../model/http.ts'
import { caseId } from '../../model/case-id.ts'
import type { Credential } from '../../model/credential.ts'
import type { Ruling, TestCase } from '../../model/test-case.ts'
import { formatPlace } from '../../model/place.ts'
import { below, parentOf } from '../pointer.ts'
import { flattened } from '../schema/merge.ts'
import { problemsMessage } from '../problems-message.ts'
import {
  techniques,
  type Operation,
  type OperationDetail,
  type Parameter,
  type Spec,
  type Technique,
} from '../types.ts'
import { shareOut } from './budget.ts'
import { chooseCredentials } from './choose-credentials.ts'
import { written } from './draft.ts'
import { planExamples } from './examples.ts'
import { isReachable } from './reachable.ts'
import { scripts } from './scripts.ts'
import { undoing } from './undo.ts'
import { noOperation } from './no-operation.ts'
import { isSelected, type Selection } from './select.ts'

/** What a plan depends on, besides the document. */
export interface PlanSpecContext extends Selection {
  readonly integration: string
  /** In the order of the config: the first that satisfies is used. */
  readonly credentials: readonly Credential[]
  readonly seed: number
  /** Values of parameters by name, from `--example name=value`. */
  readonly examples?: Readonly<Record<string, string>>
  /**
   * Set where the provider is not ours to change, and was given by `--url`: `false` asks only what
   * is safe (RFC 9110, 9.2.1), `true` everything. In both an operation whose id nobody gave is not
   * asked. Absent: the provider is of a testbed, and everything is asked.
   */
  readonly allowWrites?: boolean
  /** Requests that all cases together may send; absent: no bound. */
  readonly budget?: number
  /** Whether cheap techniques come before dear ones, and not operation by operation. */
  readonly isByTechnique?: boolean
  /** Absent: all. */
  readonly techniques?: readonly Technique[]
}

const isKnown = (
  { name, schema, examples }: Parameter,
  spec: Spec,
  given: Readonly<Record<string, string>>,
): boolean => {
  if (Object.hasOwn(given, name) || examples.length > 0) return true
  if (schema === undefined) return false
  const {
    enum: values,
    const: value,
    default: usual,
  } = flattened(spec.document, { $ref: `#${schema}` }, () => 0)
  return (values ?? value ?? usual) !== undefined
}

const rulingFor = (
  operation: Operation,
  spec: Spec,
  context: PlanSpecContext,
): Ruling | undefined => {
  const { method, path, parameters, pointer } = operation
  if (!isSelected(operation, context)) {
    return {
      verdict: 'not-asked',
      reason: `${method} ${path} is not selected.`,
      fix: 'change --include or --exclude',
    }
  }
  const shared = below(parentOf(pointer), 'parameters')
  const problem = spec.problems.find(
    (one) => one.blocks && isReachable(spec.document, [pointer, shared], one.pointer),
  )
  if (problem !== undefined) {
    return {
      verdict: 'blocked',
      reason: `The document is broken here: ${formatPlace(problem.place)}: ${problem.problem}`,
      ...(problem.fix === undefined ? {} : { fix: problem.fix }),
    }
  }
  if (operation.responses.length === 0) {
    return {
      verdict: 'unimplemented',
      reason: 'The document says nothing of any answer, so there is nothing to judge.',
      fix: 'add "responses" with at least the answer to a successful request',
    }
  }
  if (context.allowWrites === undefined) return undefined
  if (!context.allowWrites && !isSafeMethod(method)) {
    return {
      verdict: 'not-asked',
      reason: `${method} may change what is stored, and this provider is not ours.`,
      fix: '--allow-writes asks it all the same',
    }
  }
  const unknown = parameters.filter(
    (parameter) => parameter.in === 'path' && !isKnown(parameter, spec, context.examples ?? {}),
  )
  if (unknown.length === 0) return undefined
  const names = unknown.map(({ name }) => name)
  return {
    verdict: 'not-asked',
    reason: `Nobody gave a value for ${names.map((name) => `{${name}}`).join(' and ')}.`,
    fix: names.map((name) => `--example ${name}=…`).join(' '),
  }
}

/** What is wrong with the document as a whole, in one red case; none where nothing is. */
const documentCases = (
  spec: Spec,
  { integration }: PlanSpecContext,
  group: readonly string[],
): readonly TestCase<OperationDetail>[] => {
  const isEmpty = spec.operations.length === 0
  if (spec.problems.length === 0 && !isEmpty) return []
  const place = spec.problems[0]?.place ?? spec.locate('')
  const reason = isEmpty
    ? 'The document holds no operation that can be asked, so nothing is proved by it.'
    : `The document breaks OpenAPI in ${counted(spec.problems.length, 'place')}.`
  return [
    {
      id: caseId(integration, 'document', spec.file),
      kind: 'operation',
      integration,
      group,
      name: `${spec.file} › document`,
      place,
      // Ruled already, so never replayed: there is nothing to ask.
      detail: {
        technique: 'examples',
        operation: noOperation(spec.file, place),
        requests: [],
        isCredentialLacking: false,
        spec,
      },
      ruling: {
        verdict: 'failed',
        reason: [reason, problemsMessage(spec.problems)].filter((part) => part !== '').join('\n'),
        fix: isEmpty ? 'add "paths"' : 'correct the document',
      },
    },
  ]
}

const nameOf = ({ method, path, operationId }: Operation): string =>
  `${method} ${path}${operationId === undefined ? '' : ` ${operationId}`}`

interface PlannedCase {
  readonly technique: Technique
  readonly detail: OperationDetail
  readonly ruling?: Ruling
}

/** The cases of one operation: one for each technique that has anything to ask. */
const operationCases = (
  operation: Operation,
  spec: Spec,
  context: PlanSpecContext,
  wanted: readonly Technique[],
): readonly PlannedCase[] => {
  const { seed, credentials, examples = {}, allowWrites } = context
  const chosen = chooseCredentials(operation.security, credentials, spec.securitySchemes)
  const excluded = rulingFor(operation, spec, context)
  const planned =
    excluded === undefined
      ? planExamples(operation, { spec, seed, given: examples, credentials: chosen.names })
      : { drafts: [] }
  const ruling: Ruling | undefined =
    'problem' in planned
      ? {
          verdict: 'blocked',
          reason: planned.problem,
          fix: `${formatPlace(spec.locate(planned.pointer))}: ${planned.fix}`,
        }
      : excluded
  const session = {
    spec,
    seed,
    given: examples,
    credentials,
    mayWrite: allowWrites !== false,
    isOurs: allowWrites === undefined,
  }
  const shared = {
    operation,
    isCredentialLacking: chosen.isLacking,
    spec,
    ...(allowWrites === true ? { madeBy: undoing(session) } : {}),
    ...(allowWrites === false ? { isReadOnly: true as const } : {}),
  }
  return wanted.flatMap((technique): PlannedCase[] => {
    const requests =
      technique === 'examples' && 'drafts' in planned
        ? planned.drafts.map(({ draft, name }) => written(draft, name))
        : []
    const script = ruling === undefined ? scripts[technique](operation, session) : undefined
    // What cannot be asked at all is said once.
    if (technique !== 'examples' && script === undefined) return []
    const detail = { technique, requests, ...(script === undefined ? {} : { script }), ...shared }
    return [{ technique, detail, ...(ruling === undefined ? {} : { ruling }) }]
  })
}

/** Each case with its share of the budget; one that gets none is not asked. */
const withinBudget = (
  planned: readonly PlannedCase[],
  budget: number | undefined,
): readonly PlannedCase[] => {
  if (budget === undefined) return planned
  const asking = planned.filter(({ ruling }) => ruling === undefined)
  const costs = asking.map(({ technique, detail }) => ({
    technique,
    requests: detail.requests.length,
    isBehind: detail.operation.path.includes('{') || detail.operation.requestBody !== undefined,
  }))
  const shares = new Map(
    shareOut(budget, costs, techniques).map((share, index) => [asking[index], share]),
  )
  return planned.map((one) => {
    const share = shares.get(one)
    if (share === undefined) return one
    if (share === 0)
      return {
        ...one,
        ruling: {
          verdict: 'not-asked',
          reason: `The budget of ${counted(budget, 'request')} has none left for it.`,
          fix: budgetFix,
        },
      }
    return { ...one, detail: { ...one.detail, mayAsk: (sent) => sent < share } }
  })
}

/**
 * Plans one case for each operation and technique. The plan depends on its arguments alone: same
 * document, context and seed, same cases, ids, names and bytes.
 *
 * Problems of the document come as one red case of their own, so that what is usable is replayed
 * and nothing broken passes unseen; so does a document without operations.
 *
 * @example
 * const cases = planSpec(spec, { integration: 'orders', credentials: [], seed: 1 })
 * cases[0]?.name // 'GET /orders listOrders › examples'
 */
export const planSpec = (
  spec: Spec,
  context: PlanSpecContext,
): readonly TestCase<OperationDetail>[] => {
  const group = [context.integration || spec.title]
  const wanted = techniques.filter((one) => context.techniques?.includes(one) ?? true)
  const planned = spec.operations.flatMap((operation) =>
    operationCases(operation, spec, context, wanted),
  )
  const ordered =
    context.isByTechnique === true
      ? wanted.flatMap((technique) => planned.filter((one) => one.technique === technique))
      : planned
  const cases = withinBudget(ordered, context.budget).map(
    ({ technique, detail, detail: { operation }, ruling }): TestCase<OperationDetail> => ({
      id: caseId(context.integration, 'operation', operation.method, operation.path, technique),
      kind: 'operation',
      integration: context.integration,
      group,
      name: `${nameOf(operation)} › ${technique}`,
      place: operation.place,
      detail,
      ...(ruling === undefined ? {} : { ruling }),
    }),
  )
  return [...documentCases(spec, context, group), ...cases]
}
