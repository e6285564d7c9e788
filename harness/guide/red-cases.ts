import { caseId } from '../model/case-id.ts'
import { nearest } from '../model/nearest.ts'
import type { Place } from '../model/place.ts'
import type { Ruling, TestCase } from '../model/test-case.ts'
import type { Comparison } from './facts/comparison.ts'
import type { Guide, GuideDetail, GuideProblem, Scenario } from './types.ts'

/** A planned case of a guide. */
export type GuideCase = TestCase<GuideDetail>

const nowhere = (file: string): Scenario => ({
  heading: '',
  name: '',
  place: { file, line: 1 },
  lastLine: 1,
  steps: [],
  drills: [],
  hasFences: false,
})

/** The detail of a case that is never put to a provider. */
export const nothingToReplay = (file: string): GuideDetail => ({
  file,
  scenarioIndex: -1,
  scenario: nowhere(file),
  target: { kind: 'problem' },
})

/** The detail of a case that holds what the page says to what else says it. */
export const factsToCompare = (file: string, comparisons: readonly Comparison[]): GuideDetail => ({
  ...nothingToReplay(file),
  target: { kind: 'facts', comparisons },
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
  detail: nothingToReplay(guide.file),
  ruling,
})

/** An error of an adopted page, as a red case at its line. */
export const problemCase = (
  guide: Guide,
  integration: string,
  problem: GuideProblem,
): GuideCase => {
  const { problem: sentence, place, expected, fix } = problem.parts
  const reason = expected === undefined ? sentence : `${sentence}; expected: ${expected}`
  return redCase(guide, integration, problem.scenario, sentence, place, {
    verdict: 'failed',
    reason,
    ...(fix === undefined ? {} : { fix }),
  })
}

/** A scenario of an adopted page that has fences and proves nothing with them. */
export const withoutSteps = (
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

/** Drills of an adopted page that break a step which does not exist. */
export const missingSteps = (
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

/** A page that names an integration which the config does not have. */
export const unknownIntegration = (
  guide: Guide,
  name: string,
  known: readonly string[],
): GuideCase => {
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

/** A scenario about an integration that its page is not bound to. */
export const otherIntegration = (
  guide: Guide,
  name: string,
  { heading, integration, place }: Scenario,
  known: readonly string[],
): GuideCase => {
  const [first = ''] = known
  const sentence = `this scenario is about "${name}", which the page is not bound to`
  return redCase(guide, first, heading, sentence, integration?.place ?? place, {
    verdict: 'failed',
    reason: `${sentence}; expected: one of ${known.join(', ')}`,
    fix: `write "${nearest(name, known) ?? first}", or add it to integration in the front matter`,
  })
}
