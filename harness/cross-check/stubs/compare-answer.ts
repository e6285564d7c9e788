import { bodyForbidden } from '../../spec/checks/body-forbidden.ts'
import { bodyMissing } from '../../spec/checks/body-missing.ts'
import { bodySchema } from '../../spec/checks/body-schema.ts'
import { bodyUndocumented } from '../../spec/checks/body-undocumented.ts'
import { bodyUnparseable } from '../../spec/checks/body-unparseable.ts'
import type { Check, JudgedAnswer } from '../../spec/checks/check.ts'
import { headerMissing } from '../../spec/checks/header-missing.ts'
import { headerSchema } from '../../spec/checks/header-schema.ts'
import { mediaTypeMissing } from '../../spec/checks/media-type-missing.ts'
import { mediaTypeUndocumented } from '../../spec/checks/media-type-undocumented.ts'
import { statusUndocumented } from '../../spec/checks/status-undocumented.ts'
import type { SpecCode } from '../../spec/codes.ts'
import { judgedAnswer } from '../../spec/judge/judged-answer.ts'
import type { JsonObject } from '../../spec/json.ts'
import { segmentsOf } from '../../spec/pointer.ts'
import type { Operation, PlannedRequest, Spec } from '../../spec/types.ts'
import type { StubComparison, StubDisagreement } from './disagreement.ts'
import { stubAnswerOf, whyNoAnswer, type StubAnswer } from './stub-answer.ts'
import { certainOf, isUnknown, readable } from './unknown.ts'

/** Which part of a mapping each check of an answer is about. */
type Part = (bodyKey: string) => readonly string[]

const contentType: Part = () => ['headers', 'Content-Type']
const headers: Part = () => ['headers']
const body: Part = (key) => [key]

/** The checks that a stub's answer can be put to, in their order. */
const checks: readonly (readonly [Check, Part])[] = [
  [statusUndocumented, () => ['status']],
  [bodyForbidden, body],
  [mediaTypeUndocumented, contentType],
  [mediaTypeMissing, contentType],
  [bodyUndocumented, body],
  [bodyMissing, () => []],
  [bodyUnparseable, body],
  [headerMissing, headers],
]

interface Judged {
  /** The answer without what is judged piece by piece, so that each piece has its own line. */
  readonly answer: JudgedAnswer
  /** One header or one broken rule of the body each, with the part of the mapping it is about. */
  readonly pieces: readonly (readonly [Check, JudgedAnswer, readonly string[]])[]
  readonly unchecked: readonly string[]
}

const withCertainty = (answer: JudgedAnswer, { bodyKey }: StubAnswer, spec: Spec): Judged => {
  const { content, bodyVerdict, body: parsed } = answer
  const certain =
    bodyVerdict === undefined || content?.schema === undefined || parsed.kind !== 'value'
      ? { violations: [], isOpen: false }
      : certainOf(bodyVerdict, parsed.value, false, {
          document: spec.document,
          schema: content.schema,
          direction: 'response',
        })
  const certainHeaders = answer.headers.filter(({ text }) => !isUnknown(text))
  const unchecked = [
    ...(certain.isOpen ? ['parts of its body, which templates fill'] : []),
    ...(bodyVerdict?.doubtful ?? []).map(
      (words) => `all of its body (${words.replace(/\.$/, '')})`,
    ),
    ...(parsed.kind === 'opaque' &&
    content?.schema !== undefined &&
    (answer.answer?.body.length ?? 0) > 0
      ? [`its body in ${answer.contentType ?? 'no media type'}`]
      : []),
  ]
  const inBody = (path: string): readonly string[] =>
    bodyKey === 'jsonBody' ? [bodyKey, ...segmentsOf(path)] : [bodyKey]
  return {
    answer,
    unchecked,
    pieces: [
      ...certainHeaders.map(
        (header) =>
          [
            headerSchema,
            { ...answer, headers: [header] },
            ['headers', header.header.name],
          ] as const,
      ),
      ...certain.violations.map(
        (violation) =>
          [
            bodySchema,
            { ...answer, bodyVerdict: { violations: [violation], doubtful: [] } },
            inBody(violation.instancePath),
          ] as const,
      ),
    ],
  }
}

const planned = ({ method, path, basePath }: Operation): PlannedRequest => ({
  name: 'what the stub answers',
  method,
  target: basePath + path,
  basePath,
  headers: [],
  credentials: [],
})

const disagreementsOf = (
  { answer, pieces }: Judged,
  bodyKey: string,
): readonly StubDisagreement[] => {
  const found: StubDisagreement[] = []
  const codes = new Set<SpecCode>()
  const put = ([check, judged, part]: Judged['pieces'][number]): void => {
    if (check.mootAfter.some((earlier) => codes.has(earlier))) return
    for (const { summary, expected, actual, pointer } of check.check(judged)) {
      codes.add(check.code)
      found.push({
        summary: readable(summary).replaceAll('the document', 'the spec'),
        expected,
        actual: readable(actual),
        segments: ['response', ...part],
        pointer,
      })
    }
  }
  for (const [check, part] of checks) put([check, answer, part(bodyKey)])
  for (const piece of pieces) put(piece)
  return found
}

/** Holds what a stub answers to what one operation documents, by the checks that providers are held to. */
export const compareAnswer = async (
  mapping: JsonObject,
  operation: Operation,
  spec: Spec,
): Promise<StubComparison> => {
  const why = whyNoAnswer(mapping)
  if (why !== undefined) return { disagreements: [], unchecked: [why] }
  const stub = stubAnswerOf(mapping)
  const request = { method: operation.method, url: operation.path, headers: [] }
  const exchange = { request, answer: stub.answer }
  const judged = await judgedAnswer({ planned: planned(operation), exchange }, operation, spec)
  const { status } = stub.answer
  // Any server, and what stands before it, may fail: a spec need not say so.
  if (judged.response === undefined && status >= 500)
    return {
      disagreements: [],
      unchecked: [`its answer ${status}, a failure of which the spec says nothing`],
    }
  const { bodyVerdict: _, ...rest } = judged
  const known: JudgedAnswer =
    stub.bodyProblem === undefined ? judged : { ...rest, body: { kind: 'opaque' } }
  const certain = withCertainty(known, stub, spec)
  return {
    disagreements: disagreementsOf(certain, stub.bodyKey),
    unchecked: stub.bodyProblem === undefined ? certain.unchecked : [stub.bodyProblem],
  }
}
