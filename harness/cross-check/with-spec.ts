import type { InteractionDetail } from '../contract/contract.ts'
import type { Finding, Judgement } from '../model/finding.ts'
import { formatPlace } from '../model/place.ts'
import { segmentsOf } from '../spec/pointer.ts'
import type { Spec } from '../spec/types.ts'
import { askedOf, type Asked } from './asked.ts'
import { specSays } from './spec-says.ts'

const withSaying = (finding: Finding, asked: Asked, spec: Spec): Finding => {
  const { place } = asked.interaction
  const { file, pointer = '' } = finding.place
  const above = place.pointer ?? ''
  // Where the handler of a state threw, for instance, no part of the answer is in question.
  if (file !== place.file || !pointer.startsWith(`${above}/response/`)) return finding
  const saying = specSays(spec, asked, segmentsOf(pointer.slice(above.length)))
  return saying === undefined
    ? finding
    : { ...finding, spec: `${saying.words} (${formatPlace(saying.place)})` }
}

/**
 * A judgement of an interaction with what the spec says about each part that is not what the contract
 * expects: whether the provider or the contract is wrong is then seen at a glance.
 *
 * @example
 * withSpec(judgeInteraction(testCase, seen), testCase.detail, spec).findings[0]?.spec
 * // 'integer, at least 0 (specs/orders.openapi.yaml:210:17)'
 */
export const withSpec = (
  judgement: Judgement,
  { interaction, specification }: InteractionDetail,
  spec: Spec | undefined,
): Judgement => {
  if (spec === undefined || judgement.findings.length === 0 || interaction.kind !== 'http') {
    return judgement
  }
  const asked = askedOf(spec, interaction, specification)
  return {
    ...judgement,
    findings: judgement.findings.map((finding) => withSaying(finding, asked, spec)),
  }
}
