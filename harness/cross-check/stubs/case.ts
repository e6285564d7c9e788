import type { Node } from 'jsonc-parser'
import {
  member,
  membersOf,
  nodePointer,
  parsedJson,
  placeWithin,
  startOf,
} from '../../contract/json-text.ts'
import { caseId } from '../../model/case-id.ts'
import type { Finding, Judgement } from '../../model/finding.ts'
import { formatPlace, type Place } from '../../model/place.ts'
import type { TestCase } from '../../model/test-case.ts'
import { stringOr } from '../../spec/json.ts'
import type { Spec } from '../../spec/types.ts'
import type { WrittenMapping } from '../../testbed/stub/mappings.ts'
import type { ComparedStub } from './compare-stub.ts'

/** A stub of a dependency, and which spec it is held to. */
export interface HeldStub {
  readonly integration: string
  readonly dependency: string
  readonly mapping: WrittenMapping
  readonly specFile: string
}

/** What a case of a stub carries: it is decided before it runs, for nothing is asked. */
interface StubDetail extends HeldStub {
  readonly compared: ComparedStub
  readonly spec: Pick<Spec, 'locate'>
}

type Case = TestCase<StubDetail>

/** The file of a mapping, and which one of it where there are several. */
const titleOf = ({ file, keys }: WrittenMapping): string =>
  keys.length === 0 ? file : `${file} #${Number(keys.at(-1)) + 1}`

/** The id of that case: it is known before anything was compared. */
export const stubCaseId = ({ integration, dependency, mapping, specFile }: HeldStub): string =>
  caseId(integration, dependency, titleOf(mapping), 'agrees with', specFile)

const childOf = (node: Node, segment: string | number): Node | undefined =>
  node.type === 'array'
    ? member(node, Number(segment))
    : (member(node, segment) ??
      membersOf(node).find(([key]) => key.toLowerCase() === String(segment).toLowerCase())?.[1])

/** A body that lies in a file of its own stands where the mapping names that file. */
const isBody = (segment: string | number): boolean => segment === 'body' || segment === 'base64Body'

/** The place of a part of a mapping, or of the nearest above it that is written. */
const placeOf = (
  { file, text, keys }: Pick<WrittenMapping, 'file' | 'text' | 'keys'>,
  segments: readonly string[],
): Place => {
  let node = parsedJson(text).root
  for (const segment of [...keys, ...segments]) {
    const next =
      childOf(node, segment) ?? (isBody(segment) ? member(node, 'bodyFileName') : undefined)
    if (next === undefined) break
    node = next
  }
  const place = placeWithin({ file, line: 1, column: 1 }, text, startOf(node))
  return { ...place, pointer: nodePointer(node) }
}

/** The case that says whether a stub is as its upstream's spec says. */
export const stubCase = (
  held: HeldStub,
  compared: ComparedStub,
  spec: Pick<Spec, 'locate'>,
): Case => ({
  id: stubCaseId(held),
  kind: 'cross-check',
  integration: held.integration,
  group: [`stub ${held.dependency} of ${held.integration}`],
  name: `${titleOf(held.mapping)} agrees with ${held.specFile}`,
  place: placeOf(held.mapping, []),
  detail: { ...held, compared, spec },
})

/**
 * Every disagreement is a finding, at the line of the mapping, with the line of the spec. A stub of
 * which nothing could be compared is neither green nor red.
 */
export const judgeStub = ({ detail }: Pick<Case, 'detail'>): Judgement => {
  const { compared, mapping, spec } = detail
  const unchecked = compared.unchecked.map((one) => `Not checked: ${one}.`)
  if (!compared.isCompared)
    return { verdict: 'not-asked', findings: [], reason: unchecked.join('\n') }
  const subject = stringOr(mapping.json['name']) ?? titleOf(mapping)
  const findings = compared.disagreements.map(
    ({ summary, expected, actual, segments, pointer }): Finding => ({
      code: 'stub-differs',
      summary,
      subject,
      place: placeOf(mapping, segments),
      expected: `${expected} (${formatPlace(spec.locate(pointer))})`,
      actual,
      confirmed: false,
    }),
  )
  return {
    verdict: findings.length > 0 ? 'failed' : 'verified',
    findings,
    ...(unchecked.length === 0 ? {} : { reason: unchecked.join('\n') }),
  }
}
