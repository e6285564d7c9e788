import type { Handled } from '../contract/handled.ts'
import { unaskedLines } from '../contract/unasked.ts'
import { shownName } from '../contract/shown-name.ts'
import { formatPlace } from '../model/place.ts'
import { counted } from '../model/counted.ts'

const quoted = (name: string): string => `"${shownName(name)}"`

const handlerOf = ({ handledBy, nearest }: Handled): string => {
  if (handledBy === undefined)
    return `NO HANDLER${nearest === undefined ? '' : `; the nearest is ${quoted(nearest)}`}`
  return 'path' in handledBy ? `${handledBy.path} of the provider` : formatPlace(handledBy)
}

const entryLines = (one: Handled): readonly string[] => [
  `   ${quoted(one.name)}  ${handlerOf(one)}`,
  ...one.askedBy.map(
    ({ consumer, interaction, place }) =>
      `     ${formatPlace(place)}  ${shownName(consumer)}: ${shownName(interaction)}`,
  ),
]

/** What `proofbook states` prints for people. */
export const statesText = (all: readonly Handled[], problems: readonly string[]): string => {
  const groups = Map.groupBy(all, ({ integration, kind }) => `${integration}: ${kind}s`)
  const unhandled = all.filter(({ handledBy }) => handledBy === undefined).length
  const warnings = all.flatMap(unaskedLines)
  const lines = [
    ...[...groups].flatMap(([title, group]) => [` ${title}`, ...group.flatMap(entryLines), '']),
    ...warnings.map((line) => ` warning: ${line}`),
    ...problems.map((problem) => ` ${problem}`),
    ` ${[
      counted(all.filter(({ kind }) => kind === 'state').length, 'state'),
      counted(all.filter(({ kind }) => kind === 'message').length, 'message'),
      `${unhandled} without a handler`,
      counted(warnings.length, 'warning'),
    ].join(', ')}`,
  ]
  return `${lines.join('\n')}\n`
}
