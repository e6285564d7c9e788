import { caseId } from '../model/case-id.ts'
import type { Finding, Judgement } from '../model/finding.ts'
import { formatPlace } from '../model/place.ts'
import type { TestCase } from '../model/test-case.ts'
import type { Contract } from '../contract/contract.ts'
import { shownName } from '../contract/shown-name.ts'
import type { Comparison, Disagreement } from './compare.ts'

/** What a case of the cross-check carries: it is decided before it runs, for nothing is asked. */
interface CrossCheckDetail {
  readonly comparison: Comparison
}

type Case = TestCase<CrossCheckDetail>

/** The id of that case: it is known before anything was compared. */
export const crossCheckId = (contract: Contract, integration: string, specFile: string): string =>
  caseId(integration, contract.file, 'agrees with', specFile)

/** The case that says whether a contract agrees with its integration's spec. */
export const crossCheckCase = (
  contract: Contract,
  integration: string,
  specFile: string,
  comparison: Comparison,
): Case => ({
  id: crossCheckId(contract, integration, specFile),
  kind: 'cross-check',
  integration,
  group: [`${shownName(contract.consumer)} to ${shownName(contract.provider)}`],
  name: `agrees with ${specFile}`,
  place: { file: contract.file, line: 1 },
  detail: { comparison },
})

const charactersMax = 200

const bounded = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length > charactersMax ? `${line.slice(0, charactersMax)}…` : line
}

const findingOf = ({ interaction, code, message, contract, spec }: Disagreement): Finding => {
  const name = shownName(interaction)
  return {
    code: 'cross-check',
    summary: `In "${name}": ${message.replaceAll(/(?:the )?spec file/g, 'the spec')} (${code}).`,
    subject: name,
    place: contract.place,
    expected: `${spec.words} (${formatPlace(spec.place)})`,
    actual: bounded(contract.text),
    confirmed: false,
  }
}

/**
 * Every disagreement is a finding, at the line of the contract, with the line of the spec. A contract
 * of which nothing could be compared is not verified.
 */
export const judgeCrossCheck = ({ detail }: Pick<Case, 'detail'>): Judgement => {
  const { disagreements, unchecked, compared } = detail.comparison
  const reason = unchecked.length === 0 ? {} : { reason: unchecked.join('\n') }
  if (compared === 0) {
    return {
      verdict: 'blocked',
      findings: [],
      reason: ['Nothing of the contract could be compared.', ...unchecked].join('\n'),
    }
  }
  return {
    verdict: disagreements.length > 0 ? 'failed' : 'verified',
    findings: disagreements.map(findingOf),
    ...reason,
  }
}
