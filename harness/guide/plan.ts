import { caseId } from '../model/case-id.ts'
import {
  missingSteps,
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
): GuideCase => {
  const { section, text, place } = claim
  return {
    id: caseId(integration, guide.file, section, 'claim', text),
    kind: 'claim',
    integration,
    group: [guide.title, ...(section === '' || section === guide.title ? [] : [section])],
    name: text,
    place,
    detail: nothingToReplay(guide.file),
    ruling: rulingForClaim(guide, claim, known),
  }
}

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
 * A page that names several integrations is replayed against the first of them.
 *
 * @example
 * planGuide(guide, { integrations: ['orders'] }).map(({ name }) => name) // ['1. The order becomes paid', 'drill: Connection timeout']
 */
export const planGuide = (guide: Guide, context: GuideContext): readonly GuideCase[] => {
  const named = guide.integrations.length > 0 ? guide.integrations : [context.integration ?? '']
  const unknown = named.filter((name) => name !== '' && !context.integrations.includes(name))
  const [integration = ''] = named
  if (integration === '') return []
  const errors = guide.problems.filter(({ severity }) => severity === 'error')
  const outside = errors.filter(
    (error) => !guide.scenarios.some((scenario) => within(scenario, error)),
  )
  const known: RulingContext = {
    commands: context.commands ?? [],
    today: context.today ?? new Date().toISOString().slice(0, 10),
  }
  const first = guide.scenarios[0]?.place.line ?? Infinity
  const claimsWhere = (above: boolean): readonly GuideCase[] =>
    guide.claims
      .filter(({ place }) => place.line < first === above)
      .map((claim) => claimCase(guide, integration, claim, known))
  const red = (list: readonly GuideProblem[]): readonly GuideCase[] =>
    list.map((problem) => problemCase(guide, integration, problem))
  const cases = guide.scenarios.flatMap((scenario, scenarioIndex) => {
    const of = { guide, integration, scenario, scenarioIndex, known }
    const undo = scenario.rollback
    return [
      ...red(errors.filter((error) => within(scenario, error))),
      ...withoutSteps(guide, integration, scenario),
      ...scenario.steps.map((step) => stepCase(of, step)),
      ...missingSteps(guide, integration, scenario),
      ...scenario.drills.map((drill) => drillCase(of, drill)),
      ...(undo !== undefined && undo.fences.length > 0 ? [stepCase(of, undo)] : []),
    ]
  })
  return distinct([
    ...unknown.map((name) => unknownIntegration(guide, name, context.integrations)),
    ...red(outside),
    ...(unknown.includes(integration)
      ? []
      : [...claimsWhere(true), ...cases, ...claimsWhere(false)]),
  ])
}
