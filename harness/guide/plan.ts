import { caseId } from '../model/case-id.ts'
import { nearest } from '../model/nearest.ts'
import type { Place } from '../model/place.ts'
import type { Ruling, TestCase } from '../model/test-case.ts'
import { rulingForDrill, rulingForStep } from './rulings.ts'
import type { Drill, Guide, GuideDetail, GuideProblem, GuideStep, Scenario } from './types.ts'

/** What planning must know beside the page. */
export interface GuideContext {
  /** Names of the config's integrations. */
  readonly integrations: readonly string[]
  /** The integration whose config entry names the page; front matter goes before it. */
  readonly integration?: string
}

type GuideCase = TestCase<GuideDetail>

interface Numbered {
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
  const { guide, integration, scenario, scenarioIndex } = of
  const ruling = rulingForStep(guide, scenario, step)
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
  const { guide, integration, scenario, scenarioIndex } = of
  const ruling = rulingForDrill(guide, scenario, drill)
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

const nowhere = (file: string): Scenario => ({
  heading: '',
  name: '',
  place: { file, line: 1 },
  lastLine: 1,
  steps: [],
  drills: [],
  hasFences: false,
})

/** A red case for something that the page's writer must mend. */
const redCase = (
  guide: Guide,
  integration: string,
  scenario: string | undefined,
  name: string,
  place: Place,
  ruling: Ruling,
): GuideCase => ({
  id: caseId(integration, guide.file, scenario ?? '', 'problem', name),
  kind: 'claim',
  integration,
  group: [guide.title, ...(scenario === undefined ? [] : [scenario])],
  name,
  place,
  detail: {
    file: guide.file,
    scenarioIndex: -1,
    scenario: nowhere(guide.file),
    target: { kind: 'problem' },
  },
  ruling,
})

const problemCase = (guide: Guide, integration: string, problem: GuideProblem): GuideCase => {
  const { problem: sentence, place, expected, fix } = problem.parts
  const reason = expected === undefined ? sentence : `${sentence}; expected: ${expected}`
  return redCase(guide, integration, problem.scenario, sentence, place, {
    verdict: 'failed',
    reason,
    ...(fix === undefined ? {} : { fix }),
  })
}

const withoutSteps = (
  guide: Guide,
  integration: string,
  scenario: Scenario,
): readonly GuideCase[] => {
  if (!guide.adopted || scenario.steps.length > 0 || !scenario.hasFences) return []
  return [
    redCase(guide, integration, scenario.heading, 'no verification step', scenario.place, {
      verdict: 'failed',
      reason: 'This scenario has fences and no verification step, so nothing in it is proved.',
      fix: 'add **Verification** and a list of steps, each with a fence that says what it expects',
    }),
  ]
}

const missingSteps = (
  guide: Guide,
  integration: string,
  scenario: Scenario,
): readonly GuideCase[] =>
  !guide.adopted
    ? []
    : scenario.drills.flatMap(({ name, breaks }) => {
        if (breaks === undefined || scenario.steps.some(({ number }) => number === breaks.step))
          return []
        const numbers = scenario.steps.map(({ number }) => number)
        const close = numbers.toSorted(
          (a, b) => Math.abs(a - breaks.step) - Math.abs(b - breaks.step),
        )[0]
        const known = scenario.steps.map(({ number, text }) => `${number}. ${text}`).join('; ')
        const sentence = `drill "${name}" breaks step ${breaks.step}, which does not exist`
        return [
          redCase(guide, integration, scenario.heading, sentence, breaks.place, {
            verdict: 'failed',
            reason: `${sentence}; expected: ${known === '' ? 'a scenario with steps' : `one of ${known}`}`,
            ...(close === undefined ? {} : { fix: `write "step ${close}"` }),
          }),
        ]
      })

const unknownIntegration = (guide: Guide, name: string, known: readonly string[]): GuideCase => {
  const meant = nearest(name, known)
  const sentence = `no integration is named "${name}"`
  return redCase(
    guide,
    name,
    undefined,
    sentence,
    guide.integrationPlace ?? { file: guide.file, line: 1 },
    {
      verdict: 'failed',
      reason: `${sentence}; expected: ${known.length === 0 ? 'an integration in the config' : `one of ${known.join(', ')}`}`,
      ...(meant === undefined ? {} : { fix: `write "${meant}"` }),
    },
  )
}

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
 * and a red one for each error. A page that no integration is bound to has none. Pure.
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
  const cases = guide.scenarios.flatMap((scenario, scenarioIndex) => {
    const of = { guide, integration, scenario, scenarioIndex }
    return [
      ...withoutSteps(guide, integration, scenario),
      ...scenario.steps.map((step) => stepCase(of, step)),
      ...(scenario.rollback !== undefined && scenario.rollback.fences.length > 0
        ? [stepCase(of, scenario.rollback)]
        : []),
      ...missingSteps(guide, integration, scenario),
      ...scenario.drills.map((drill) => drillCase(of, drill)),
    ]
  })
  const problems = guide.problems.filter(({ severity }) => severity === 'error')
  return distinct([
    ...unknown.map((name) => unknownIntegration(guide, name, context.integrations)),
    ...problems.map((problem) => problemCase(guide, integration, problem)),
    ...(unknown.includes(integration) ? [] : cases),
  ])
}
