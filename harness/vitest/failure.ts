import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { curlLinesOf } from '../model/curl-lines.ts'
import type { Finding } from '../model/finding.ts'
import type { Outcome } from '../model/outcome.ts'
import { formatPlace, type Place } from '../model/place.ts'
import type { TestCase } from '../model/test-case.ts'
import { printable } from './printable.ts'

/** What the words of a failure need to know of the run. */
export interface FailureContext {
  readonly root: string
  readonly seed: number
  /** The command that repeats a case once its id and the seed are added. */
  readonly repeat: string
  readonly mask: (text: string) => string
}

const indented = (text: string, width: number): string =>
  text.replaceAll('\n', `\n${' '.repeat(width)}`)

const line = (label: string, text: string): string => `  ${label.padEnd(9)} ${indented(text, 12)}`

/** What is accepted in one line: the rest of it was read when it was accepted. */
const knownLines = (findings: readonly Finding[]): readonly string[] =>
  findings.flatMap(({ code, summary, known }) =>
    known === undefined
      ? []
      : [line('known', `${code}: ${summary} Accepted until ${known.until}: ${known.because}`)],
  )

const findingLines = (finding: Finding): readonly string[] => {
  const pointer = finding.place.pointer === undefined ? '' : `  (${finding.place.pointer})`
  const by = finding.consumer === undefined ? '' : ` by ${finding.consumer}`
  return [
    `${finding.code}: ${finding.summary}`,
    line('expected', finding.expected),
    line('came', finding.actual),
    line('asked for', `${formatPlace(finding.place)}${pointer}${by}`),
    ...(finding.spec === undefined ? [] : [line('the spec', finding.spec)]),
    ...(finding.clause === undefined ? [] : [line('clause', finding.clause)]),
  ]
}

const logLinesMax = 10

/** The end of what the provider printed while it was asked. */
const logLines = (log: readonly string[]): readonly string[] =>
  log.length === 0 ? [] : [line('log', log.slice(-logLinesMax).join('\n'))]

/** What shows each finding, as lines for a shell; what shows several stands there once. */
const curlLines = (findings: readonly Finding[]): readonly string[] => {
  const shown = findings.map((finding) => curlLinesOf(finding).join('\n'))
  return [...new Set(shown)].filter((lines) => lines !== '')
}

/**
 * A failure in words, like a good compiler's: what was expected, what came, where the user's own
 * file asks for it, a `curl` line that shows it, and how to repeat just that case.
 */
export const describeOutcome = (
  testCase: TestCase,
  outcome: Outcome,
  { seed, mask, repeat }: FailureContext,
): string => {
  const { reason, fix, evidence, hints = [], log = [] } = outcome
  const findings = outcome.findings.filter(({ known }) => known === undefined)
  const headline = reason === undefined ? [] : [reason]
  const words = mask(
    [
      ...headline,
      ...findings.flatMap(findingLines),
      ...knownLines(outcome.findings),
      ...(fix === undefined || (reason ?? '').includes(fix) ? [] : [line('fix', fix)]),
      ...hints.map((hint) => line('stub', hint)),
      ...logLines(log),
      ...curlLines(findings).map((curl) => line('shown by', curl)),
      ...(evidence === undefined
        ? []
        : [
            line('again', `${repeat} --case ${testCase.id} --seed ${seed}`),
            line('evidence', evidence),
          ]),
    ].join('\n'),
  )
  return printable(words)
}

/** The frame of a stack that makes Vitest show the user's own line. */
const frame = (name: string, root: string, { file, line, column }: Place): string =>
  `    at ${printable(name).replaceAll(/[\s()]+/g, ' ')} (${join(root, file)}:${line}:${column ?? 1})`

const shownBytesMax = 50 * 1024 * 1024

/**
 * Whether Vitest may print the lines around a place: it reads the whole file for that, which a huge one
 * does not survive, and prints what stands there as it is.
 */
const isShown = (root: string, { file }: Place): boolean => {
  const path = join(root, file)
  const size = statSync(path, { throwIfNoEntry: false })?.size
  if (size === undefined) return true
  return size <= shownBytesMax && !/[^\P{Cc}\n\r\t]/u.test(readFileSync(path, 'utf8'))
}

/**
 * The error with which a red case fails its test. Its only frames are places in the user's files,
 * so that Vitest prints those lines and editors jump there.
 */
export const failureOf = (testCase: TestCase, outcome: Outcome, context: FailureContext): Error => {
  const message = describeOutcome(testCase, outcome, context)
  const fresh = outcome.findings.find(({ known }) => known === undefined)
  const place = fresh?.place ?? testCase.place
  const error = new Error(message)
  error.name = outcome.verdict
  error.stack = isShown(context.root, place)
    ? `${message}\n${frame(testCase.name, context.root, place)}`
    : message
  return error
}
