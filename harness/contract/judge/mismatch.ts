import type { Finding } from '../../model/finding.ts'
import type { ContractCode } from '../codes.ts'
import type { Expectation } from './expectation.ts'
import { anyStep, formatPath, pathSteps, type PathStep } from './json-path.ts'
import {
  bodyRule,
  headerRule,
  metadataRule,
  statusRule,
  type MatchingRule,
} from './matching-rule.ts'
import type { PactMismatch } from './pact-result.ts'

/** The part of a finding that a mismatch knows. */
export type MismatchFinding = Pick<Finding, 'summary' | 'place' | 'expected' | 'actual'> & {
  readonly code: ContractCode
  /** Where in the body. */
  readonly steps?: readonly PathStep[]
}

const charactersMax = 300

/** What Pact has in the place of a value that cannot be printed. */
const bytesOfPact = 'ERROR: could not convert from bytes'

const shown = (value: PactMismatch['expected'], absent = 'nothing'): string => {
  if (value === undefined || value === null) return absent
  if (value === bytesOfPact) return 'bytes that are no text'
  const text = String(value)
  return text.length > charactersMax
    ? `${text.slice(0, charactersMax)}… (${text.length} characters)`
    : text
}

const withRule = (example: string, rule: MatchingRule | undefined): string =>
  rule === undefined ? example : `${rule.words} (rule ${rule.path}), such as ${example}`

const sentence = (text: string): string => {
  const trimmed = text.trim()
  return shown(trimmed.charAt(0).toLowerCase() + trimmed.slice(1)).replace(/\.?$/, '.')
}

/** Pact quotes a header's value where the header is missing, and only there. */
const unquoted = (value: string): string => value.replace(/^"(.*)"$/s, '$1')

const listOf = (text: unknown): readonly string[] => {
  try {
    const list: unknown = JSON.parse(String(text))
    return Array.isArray(list) ? list.filter((key) => typeof key === 'string') : []
  } catch {
    return []
  }
}

const statusFinding = (mismatch: PactMismatch, expectation: Expectation): MismatchFinding => {
  const expected = withRule(shown(mismatch.expected), statusRule(expectation.response))
  const actual = shown(mismatch.actual)
  return {
    code: 'contract-status',
    summary: `The status is ${actual}, and the contract expects ${expected}.`,
    place: expectation.placeOfStatus(),
    expected,
    actual,
  }
}

const headerFinding = (mismatch: PactMismatch, expectation: Expectation): MismatchFinding => {
  const name = mismatch.key ?? ''
  const missing = mismatch.mismatch.endsWith('but was missing')
  const rule = headerRule(expectation.response, name)
  const example = unquoted(shown(mismatch.expected))
  const expected = withRule(example === '' ? 'no further value' : example, rule)
  const actual = missing || mismatch.actual === undefined ? 'missing' : shown(mismatch.actual)
  return {
    code: 'contract-header',
    summary: missing
      ? `The header ${name} is missing, and the contract expects ${expected}.`
      : `The header ${name} is ${JSON.stringify(actual)}, and the contract expects ${expected}.`,
    place: expectation.placeOfHeader(name),
    expected: `${name}: ${expected}`,
    actual: missing ? actual : `${name}: ${actual}`,
  }
}

const metadataFinding = (mismatch: PactMismatch, expectation: Expectation): MismatchFinding => {
  const name = mismatch.key ?? ''
  const missing = mismatch.mismatch.endsWith('but was missing')
  const rule = metadataRule(expectation.response, name)
  const expected = withRule(shown(expectation.metadataText(name)), rule)
  const actual = missing ? 'missing' : shown(mismatch.actual, 'missing')
  return {
    code: 'contract-metadata',
    summary: `The metadata "${name}" is ${actual}, and the contract expects ${expected}.`,
    place: expectation.placeOfMetadata(name),
    expected: `${name}: ${expected}`,
    actual: missing ? actual : `${name}: ${actual}`,
  }
}

const typeFinding = (mismatch: PactMismatch, expectation: Expectation): MismatchFinding => {
  const [expected, actual] = [shown(mismatch.expected), shown(mismatch.actual)]
  return {
    code: 'contract-body-type',
    summary: `The ${expectation.whole} is of type ${actual}, and the contract expects ${expected}.`,
    place:
      expectation.whole === 'body'
        ? expectation.placeOfHeader('Content-Type')
        : expectation.placeOfMetadata('contentType'),
    expected,
    actual,
  }
}

const missingMember = (steps: readonly PathStep[], expectation: Expectation): MismatchFinding => {
  const path = formatPath(steps)
  const rule = bodyRule(expectation.response, steps)
  return {
    code: 'contract-body',
    summary: `${path} is missing from the ${expectation.whole}.`,
    place: expectation.placeOfBody(steps),
    expected: rule === undefined ? path : `${path}: ${rule.words} (rule ${rule.path})`,
    actual: 'missing',
    steps,
  }
}

const bodyFindings = (
  mismatch: PactMismatch,
  expectation: Expectation,
): readonly MismatchFinding[] => {
  const steps = pathSteps(mismatch.path ?? '$')
  if (/missing the following keys/.test(mismatch.mismatch)) {
    const actual = new Set(listOf(mismatch.actual))
    const missing = listOf(mismatch.expected).filter((key) => !actual.has(key))
    if (missing.length > 0) return missing.map((key) => missingMember([...steps, key], expectation))
  }
  const unreadable = mismatch.mismatch.startsWith('Failed to parse the actual body')
  const path = formatPath(steps)
  return [
    {
      code: unreadable ? 'contract-body-unreadable' : 'contract-body',
      summary:
        steps.length === 0
          ? `The ${expectation.whole}: ${sentence(mismatch.mismatch)}`
          : `${path} in the ${expectation.whole}: ${sentence(mismatch.mismatch)}`,
      place: expectation.placeOfBody(steps),
      expected: withRule(
        shown(mismatch.expected, 'an empty body'),
        bodyRule(expectation.response, steps),
      ),
      actual: shown(mismatch.actual, 'an empty body'),
      ...(steps.length === 0 ? {} : { steps }),
    },
  ]
}

/** Whether a header or metadata only repeats what the media type's own mismatch says. */
const isRepeated = (mismatch: PactMismatch, all: readonly PactMismatch[]): boolean =>
  (mismatch.type === 'HeaderMismatch' || mismatch.type === 'MetadataMismatch') &&
  /^content-?type$/i.test(mismatch.key ?? '') &&
  all.some(({ type }) => type === 'BodyTypeMismatch')

const findingsOf = (
  mismatch: PactMismatch,
  expectation: Expectation,
): readonly MismatchFinding[] => {
  switch (mismatch.type) {
    case 'StatusMismatch':
      return [statusFinding(mismatch, expectation)]
    case 'HeaderMismatch':
      return [headerFinding(mismatch, expectation)]
    case 'MetadataMismatch':
      return [metadataFinding(mismatch, expectation)]
    case 'BodyTypeMismatch':
      return [typeFinding(mismatch, expectation)]
    case 'BodyMismatch':
      return bodyFindings(mismatch, expectation)
    default:
      return [
        {
          code: 'contract-not-judged',
          summary: `Pact reports a mismatch of a kind that Proofbook does not know (${mismatch.type}): ${sentence(mismatch.mismatch)}`,
          place: expectation.placeOfStatus(),
          expected: shown(mismatch.expected),
          actual: shown(mismatch.actual),
        },
      ]
  }
}

/** What findings have in common that differ only in the indexes of their paths. */
const groupOf = ({ steps, ...finding }: MismatchFinding): string =>
  JSON.stringify([
    finding.code,
    finding.place.pointer,
    finding.expected,
    finding.actual === 'missing',
    steps?.map((key) => (typeof key === 'number' ? anyStep : key)) ?? finding.summary,
  ])

const pathsMax = 5

const joined = (group: readonly MismatchFinding[]): readonly MismatchFinding[] => {
  const [first, ...others] = group
  if (first === undefined || others.length === 0) return group
  const paths = others.slice(0, pathsMax).map(({ steps = [] }) => formatPath(steps))
  const more = others.length > pathsMax ? ', …' : ''
  const places = others.length === 1 ? 'place' : 'places'
  const summary = `${first.summary} The same at ${others.length} other ${places}: ${paths.join(', ')}${more}`
  return [{ ...first, summary }]
}

/**
 * One line of the contract that is broken by many elements of an array is one finding, with their
 * number. Several mismatches of one and the same element stay apart.
 */
const grouped = (findings: readonly MismatchFinding[]): readonly MismatchFinding[] => {
  const times = new Map<string, number>()
  const groups = Map.groupBy(findings, (finding) => {
    const path = formatPath(finding.steps ?? [])
    const time = (times.get(path) ?? 0) + 1
    times.set(path, time)
    return `${time} ${groupOf(finding)}`
  })
  return [...groups.values()].flatMap(joined)
}

/**
 * Findings for all mismatches of an interaction, ordered by their lines in the contract.
 *
 * @example
 * mismatchFindings([{ type: 'StatusMismatch', mismatch: '', expected: 200, actual: 500 }], expectation)
 */
export const mismatchFindings = (
  mismatches: readonly PactMismatch[],
  expectation: Expectation,
): readonly MismatchFinding[] =>
  grouped(
    mismatches
      .filter((mismatch) => !isRepeated(mismatch, mismatches))
      .flatMap((mismatch) => findingsOf(mismatch, expectation)),
  ).toSorted((a, b) => a.place.line - b.place.line || (a.place.column ?? 0) - (b.place.column ?? 0))
