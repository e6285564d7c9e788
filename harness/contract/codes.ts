/**
 * All codes of findings about contracts, each with its meaning in one line.
 *
 * @example
 * contractCodes['contract-status'] // 'the status is not the one that the contract expects'
 */
export const contractCodes = {
  'contract-status': 'the status is not the one that the contract expects',
  'contract-header': 'a header is missing or has another value than the contract expects',
  'contract-body': 'a part of the body is missing or is not what the contract expects',
  'contract-body-type': 'the body is of another media type than the contract expects',
  'contract-body-unreadable': 'the body is not what its media type says, so it cannot be compared',
  'contract-metadata': 'a part of the metadata of a message is missing or has another value',
  'contract-message-failed': 'a message could not be produced',
  'contract-no-answer': 'the provider gave no answer',
  'contract-state-failed': 'a provider state could not be set up or torn down',
  'contract-not-judged': 'Pact reports no result that can be believed for the interaction',
} as const

/** A code of a finding about a contract. */
export type ContractCode = keyof typeof contractCodes
