import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { curlLine } from '../model/curl.ts'
import type { Finding } from '../model/finding.ts'
import type { HttpRequest } from '../model/http.ts'
import type { Outcome } from '../model/outcome.ts'
import { formatPlace, type Place } from '../model/place.ts'
import type { TestCase } from '../model/test-case.ts'

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

/** Names, bodies and logs come from outside: no control character of theirs reaches a terminal. */
const printable = (text: string): string =>
  text.replaceAll(
    /[^\P{Cc}\n\t]|[\u{200e}\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  )

const requestKey = ({ method, url, headers, body }: HttpRequest): string =>
  JSON.stringify([
    method,
    url,
    headers,
    body === undefined ? '' : Buffer.from(body).toString('hex'),
  ])

const logLinesMax = 10

/** The end of what the provider printed while it was asked. */
const logLines = (log: readonly string[]): readonly string[] =>
  log.length === 0 ? [] : [line('log', log.slice(-logLinesMax).join('\n'))]

/** Each distinct request once, as lines for a shell. */
const curlLines = (findings: readonly Finding[]): readonly string[] => {
  const requests = findings.flatMap(({ request }) => (request === undefined ? [] : [request]))
  return [...new Map(requests.map((request) => [requestKey(request), request])).values()].map(
    curlLine,
  )
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
  const { findings, reason, fix, evidence, hints = [], log = [] } = outcome
  const headline = reason === undefined ? [] : [reason]
  const words = mask(
    [
      ...headline,
      ...findings.flatMap(findingLines),
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
  const place = outcome.findings[0]?.place ?? testCase.place
  const error = new Error(message)
  error.name = outcome.verdict
  error.stack = isShown(context.root, place)
    ? `${message}\n${frame(testCase.name, context.root, place)}`
    : message
  return error
}
