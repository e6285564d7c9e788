import { caseId } from '../model/case-id.ts'
import type { ComparedClaim, ComparedPage } from './check/compare-page.ts'
import type { Comparison } from './facts/comparison.ts'
import { namedIntegration } from './named-integration.ts'
import {
  factsToCompare,
  missingSteps,
  otherIntegration,
  nothingToReplay,
  problemCase,
  unknownIntegration,
  withoutSteps,
  type GuideCase,
} from './red-cases.ts'
import { rulingForClaim, rulingForDrill, rulingForStep, type RulingContext } from './rulings.ts'
import type { Claim, Drill, Guide, GuideProblem, GuideStep, Scenario } from './types.ts'

/** What planning must know beside the page. */
export interface GuideContext {
  /** Names of the config's integrations. */
  readonly integrations: readonly string[]
  /** The integration whose config entry names the page; front matter goes before it. */
  readonly integration?: string
  /** The commands that the config has a stand-in for, or allows. Default: none. */
  readonly commands?: readonly string[]
  /** What the page says beside what else says it. Default: nothing is compared. */
  readonly compared?: ComparedPage
  /** The day, as `2026-11-03`, by which a person's word is judged. Default: today. */
  readonly today?: string
}

interface Numbered {
  readonly known: RulingContext
  readonly guide: Guide
  readonly integration: string
  readonly scenario: Scenario
  readonly scenarioIndex: number
}

const groupOf = ({ guide, scenario }: Numbered): readonly string[] => [
  guide.title,
  scenario.heading,
]

const stepName = ({ kind, number, text }: GuideStep): string =>
  kind === 'rollback' ? `rollback${text === '' ? '' : `: ${text}`}` : `${number}. ${text}`

const stepCase = (of: Numbered, step: GuideStep): GuideCase => {
  const { guide, integration, scenario, scenarioIndex, known } = of
  const ruling = rulingForStep(guide, scenario, step, known)
  return {
    id: caseId(
      integration,
      guide.file,
      scenario.name,
      step.kind === 'rollback' ? 'rollback' : 'step',
      step.text,
    ),
    kind: 'step',
    integration,
    group: groupOf(of),
    name: stepName(step),
    place: step.place,
    detail: { file: guide.file, scenarioIndex, scenario, target: { kind: 'step', step } },
    ...(ruling === undefined ? {} : { ruling }),
  }
}

const drillCase = (of: Numbered, drill: Drill): GuideCase => {
  const { guide, integration, scenario, scenarioIndex, known } = of
  const ruling = rulingForDrill(guide, scenario, drill, known)
  return {
    id: caseId(integration, guide.file, scenario.name, 'drill', drill.name),
    kind: 'drill',
    integration,
    group: groupOf(of),
    name: `drill: ${drill.name}`,
    place: drill.place,
    detail: { file: guide.file, scenarioIndex, scenario, target: { kind: 'drill', drill } },
    ...(ruling === undefined ? {} : { ruling }),
  }
}

const claimCase = (
  guide: Guide,
  integration: string,
  claim: Claim,
  known: RulingContext,
  compared: ComparedClaim | undefined,
): GuideCase => {
  const { section, text, place } = claim
  const { comparisons = [], whole = false } = compared ?? {}
  const isCase = differing(comparisons).length > 0 || (whole && claim.byHand === undefined)
  return {
    id: caseId(integration, guide.file, section, 'claim', text),
    kind: 'claim',
    integration,
    group: [guide.title, ...(section === '' || section === guide.title ? [] : [section])],
    name: text,
    place,
    ...(isCase
      ? { detail: factsToCompare(guide.file, comparisons) }
      : { detail: nothingToReplay(guide.file), ruling: rulingForClaim(guide, claim, known) }),
  }
}

const differing = (comparisons: readonly Comparison[]): readonly Comparison[] =>
  comparisons.filter(({ came }) => came === 'differs')

/** Something that a page says wrongly where no claim stands: in a sentence, a scenario, a fence. */
const contradictionCase = (
  guide: Guide,
  integration: string,
  comparison: Comparison,
): GuideCase => ({
  id: caseId(integration, guide.file, comparison.code, 'claim', comparison.subject),
  kind: 'claim',
  integration,
  group: [guide.title],
  name: comparison.problem,
  place: comparison.place,
  detail: factsToCompare(guide.file, [comparison]),
})

const within = ({ place, lastLine }: Scenario, { parts }: GuideProblem): boolean =>
  parts.place.line >= place.line && parts.place.line <= lastLine

/** Ids must differ: equal claims in one scenario are told apart by their order. */
const distinct = (cases: readonly GuideCase[]): readonly GuideCase[] => {
  const seen = new Map<string, number>()
  return cases.map((planned) => {
    const count = seen.get(planned.id) ?? 0
    seen.set(planned.id, count + 1)
    return count === 0
      ? planned
      : Object.assign({}, planned, { id: caseId(planned.id, String(count)) })
  })
}

/**
 * The cases of a page, in its order: one a step, one a drill, one for Rollback where it has fences,
 * one a claim outside of the scenarios, and a red one for each error. A page that no integration is bound to has none. Pure.
 *
 * A page that names several integrations is replayed against the first of them, but for scenarios that
 * name another.
 *
 * @example
 * planGuide(guide, { integrations: ['orders'] }).map(({ name }) => name) // ['1. The order becomes paid', 'drill: Connection timeout']
 */
export const planGuide = (guide: Guide, context: GuideContext): readonly GuideCase[] => {
  const named = guide.integrations.length > 0 ? guide.integrations : [context.integration ?? '']
  const unknown = named.filter((name) => name !== '' && !context.integrations.includes(name))
  const [integration = ''] = named
  const errors = guide.problems.filter(({ severity }) => severity === 'error')
  const red = (list: readonly GuideProblem[]): readonly GuideCase[] =>
    list.map((problem) => problemCase(guide, integration, problem))
  // Whose page it is may be what cannot be read.
  if (integration === '') return red(errors)
  const outside = errors.filter(
    (error) => !guide.scenarios.some((scenario) => within(scenario, error)),
  )
  const known: RulingContext = {
    commands: context.commands ?? [],
    today: context.today ?? new Date().toISOString().slice(0, 10),
  }
  const first = guide.scenarios[0]?.place.line ?? Infinity
  const compared = guide.adopted ? context.compared : undefined
  const comparedAt = ({ place }: Claim): ComparedClaim | undefined =>
    compared?.claims.find(({ line }) => line === place.line)
  const claimsWhere = (above: boolean): readonly GuideCase[] =>
    guide.claims
      .filter(({ place }) => place.line < first === above)
      .map((claim) => claimCase(guide, integration, claim, known, comparedAt(claim)))
  const inClaims = new Set(guide.claims.flatMap((claim) => comparedAt(claim)?.comparisons ?? []))
  const contradictions = differing(compared?.comparisons ?? [])
    .filter((one) => !inClaims.has(one))
    .map((one) => contradictionCase(guide, integration, one))
  const cases = guide.scenarios.flatMap((scenario, scenarioIndex) => {
    const wanted = namedIntegration(scenario) ?? integration
    if (guide.adopted && !named.includes(wanted))
      return [otherIntegration(guide, wanted, scenario, named)]
    const own = named.includes(wanted) ? wanted : integration
    const of = { guide, integration: own, scenario, scenarioIndex, known }
    const undo = scenario.rollback
    return [
      ...red(errors.filter((error) => within(scenario, error))),
      ...withoutSteps(guide, own, scenario),
      ...scenario.steps.map((step) => stepCase(of, step)),
      ...missingSteps(guide, own, scenario),
      ...scenario.drills.map((drill) => drillCase(of, drill)),
      ...(undo !== undefined && undo.fences.length > 0 ? [stepCase(of, undo)] : []),
    ]
  })
  return distinct([
    ...unknown.map((name) => unknownIntegration(guide, name, context.integrations)),
    ...red(outside),
    ...contradictions,
    ...(unknown.includes(integration)
      ? []
      : [...claimsWhere(true), ...cases, ...claimsWhere(false)]),
  ])
}
