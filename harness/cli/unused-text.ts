import type { UnusedPart } from '../cross-check/unused.ts'
import { shownName } from '../contract/shown-name.ts'
import { formatPlace } from '../model/place.ts'
import type { UnusedOfSpec } from './unused.ts'

const block = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [`   ${title}`, ...lines.map((line) => `     ${line}`)]

/** The parts of an operation in one line, at the place of the first. */
const partLines = (parts: readonly UnusedPart[]): readonly string[] =>
  [...Map.groupBy(parts, ({ operation }) => operation)].map(([operation, group]) => {
    const [first] = group
    const words = group.map(({ part }) => part).filter((part) => part !== '')
    const named = words.length === 0 ? operation : `${operation}: ${words.join(', ')}`
    return first === undefined ? named : `${formatPlace(first.place)}  ${named}`
  })

const specLines = ({ integration, spec, unused }: UnusedOfSpec): readonly string[] => [
  ` ${integration}: ${spec}`,
  ...block('operations that no consumer asks for', partLines(unused.operations)),
  ...block('statuses that no consumer expects', partLines(unused.statuses)),
  ...block('fields of answers that no consumer names', partLines(unused.fields)),
  ...block(
    'interactions that the spec does not know',
    unused.unknown.map(
      ({ consumer, interaction: { description, method, path, place } }) =>
        `${formatPlace(place)}  ${shownName(consumer)}: ${shownName(description)} (${method} ${shownName(path ?? '')})`,
    ),
  ),
  `   ${unused.used} of ${unused.total} operations are asked for`,
  '',
]

/** What `proofbook unused` prints for people. */
export const unusedText = (all: readonly UnusedOfSpec[], problems: readonly string[]): string => {
  const none = all.length === 0 ? [' No integration names a spec.'] : []
  return `${[...all.flatMap(specLines), ...none, ...problems.map((problem) => ` ${problem}`)].join('\n')}\n`
}
