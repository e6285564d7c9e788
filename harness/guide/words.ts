import { byHandWords } from './by-hand.ts'
import { faultKinds } from './faults/kinds.ts'
import { drillWords, sectionWords } from './read/meanings.ts'
import { symptomWords } from './symptoms/phrases.ts'

const labelLines = (words: Readonly<Record<string, readonly string[]>>): readonly string[] =>
  Object.values(words).map(
    ([first = '', ...others]) =>
      `  ${first}${others.length === 0 ? '' : ` (or ${others.join(', ')})`}`,
  )

/**
 * The closed lists of words that guides may use, as text: labels, faults, symptoms.
 *
 * @example
 * process.stdout.write(guideWords())
 */
export const guideWords = (): string =>
  [
    'Labels of a scenario',
    ...labelLines(sectionWords),
    '',
    'Labels of a drill',
    ...labelLines(drillWords),
    '',
    'Faults',
    ...faultKinds.flatMap(({ words, runtimes }) => [
      ...words.map((one) => `  ${one}`),
      `      ${runtimes}`,
    ]),
    '',
    'Symptoms, parted by ";", "," or "and"',
    ...symptomWords.map((words) => `  ${words}`),
    '',
    'How a fault ends',
    '  after `5 s`',
    '  by the solution',
    '',
    'How soon a step holds again',
    '  within `5 s`',
    '',
    'A prevention that is checked',
    '  with `NAME=VALUE`: and symptoms',
    '',
    'A claim that only a person can check',
    `  ${byHandWords}`,
    '',
  ].join('\n')
