import type { Place } from '../../model/place.ts'
import { nearest } from '../../model/nearest.ts'
import { findCommand } from '../commands/find-command.ts'
import { literalOf } from '../fences/sh-words.ts'
import { namedIntegration } from '../named-integration.ts'
import type { Drill, Fence, Guide, Scenario, Words } from '../types.ts'
import type { Doubt } from './doubt.ts'
import type { KnownFacts } from './known.ts'
import { mistypedSetting } from './one-edit.ts'

const unknown = (what: string, name: string, known: readonly string[], place: Place): Doubt => {
  const meant = nearest(name, known)
  return {
    severity: 'wrong',
    parts: {
      problem: `the config has no ${what} "${name}"`,
      place,
      expected: known.length === 0 ? `a ${what} in the config` : `one of ${known.join(', ')}`,
      ...(meant === undefined ? {} : { fix: `write ${meant}` }),
    },
  }
}

const dependenciesOf = (facts: KnownFacts, type?: string): readonly string[] =>
  Object.entries(facts.dependencies).flatMap(([name, is]) =>
    type === undefined || is === type ? [name] : [],
  )

const checkFault = ({ fault }: Drill, facts: KnownFacts): readonly Doubt[] => {
  if (fault === undefined) return []
  const among = (what: string, name: string, known: readonly string[]): readonly Doubt[] =>
    known.includes(name) ? [] : [unknown(what, name, known, fault.place)]
  switch (fault.kind) {
    case 'link':
      return among('dependency', fault.link, dependenciesOf(facts))
    case 'stub':
      return among('stub', fault.name, dependenciesOf(facts, 'wiremock'))
    case 'database':
      return among('database', fault.name, dependenciesOf(facts, 'postgres'))
    case 'credential':
      return among('credential that a stub checks', fault.name, facts.keys)
    case 'setting':
      // A mistyped one is told where settings are looked at.
      return fault.value === undefined && mistypedSetting(fault.name, facts.settings) === undefined
        ? among('setting', fault.name, facts.settings)
        : []
    default:
      return []
  }
}

const checkCredential = (named: Words | undefined, facts: KnownFacts): readonly Doubt[] =>
  named === undefined || [...facts.credentials, 'nobody'].includes(named.text)
    ? []
    : [unknown('credential', named.text, [...facts.credentials, 'nobody'], named.place)]

/** Commands of some fences for which the config has neither a stand-in nor a leave. */
const commandsWithout = (fences: readonly Fence[], known: readonly string[]) =>
  fences
    .flatMap((fence) => (fence.language === 'sh' ? fence.commands : []))
    .filter(({ words }) => {
      const literal = words.map(literalOf)
      const first = literal.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word ?? ''))
      return findCommand(literal.slice(Math.max(first, 0)), known) === undefined
    })

const fencesOf = ({ given, steps, rollback, drills }: Scenario): readonly Fence[] => [
  ...[given, ...steps, rollback].flatMap((part) => part?.fences ?? []),
  ...drills.flatMap(({ fences }) => Object.values(fences).flat()),
]

/**
 * The commands of a page that need a stand-in, each once.
 *
 * @example
 * commandsToStandIn(guide, []).map(({ text }) => text) // ['kubectl get pods']
 */
export const commandsToStandIn = (guide: Guide, known: readonly string[]) => {
  const commands = commandsWithout(guide.scenarios.flatMap(fencesOf), known)
  return [...new Map(commands.map((command) => [command.text, command])).values()]
}

/** Dependencies, credentials and commands that a page names and the config does not have. */
export const checkParts = (
  guide: Guide,
  [first, ...others]: readonly [KnownFacts, ...KnownFacts[]],
): readonly Doubt[] => [
  ...guide.scenarios.flatMap((scenario) => {
    const { given, steps, rollback, drills } = scenario
    const named = namedIntegration(scenario)
    const facts = others.find(({ integration }) => integration === named) ?? first
    return [
      ...[given, ...steps, rollback].flatMap((part) => checkCredential(part?.credential, facts)),
      ...drills.flatMap((drill) => checkFault(drill, facts)),
    ]
  }),
  ...commandsToStandIn(guide, first.commands).map(({ text, place, words }): Doubt => ({
    severity: guide.adopted ? 'wrong' : 'note',
    parts: {
      problem: `nothing stands in for the command ${text}`,
      place,
      expected: 'an entry under commands in the config that begins it',
      fix: `commands: { '${words.slice(0, 2).map(literalOf).join(' ')}': 'fixtures/commands/…' }`,
    },
  })),
]
