import { subjectOf, type ObservationCheck } from './check.ts'

/**
 * Whoever has no credential must not learn what there is: where what exists answers 401, what does
 * not exist answers no 404. A provider that hides everything from strangers answers 404 to both.
 *
 * Exchanges: somebody without a credential asks for what there is, and for what there is not.
 */
export const credentialLate: ObservationCheck = {
  code: 'credential-late',
  check({ operation, exchanges, pointer }) {
    const [there, missing] = exchanges.map(({ answer }) => answer?.status ?? 0)
    if (there !== 401 && there !== 403) return null
    if (missing !== 404 && missing !== 410) return null
    return {
      summary: `${subjectOf(operation)} answered ${missing} to a request without a credential for what does not exist, and ${there} for what does.`,
      expected: `${there} to whoever has no credential, whatever there is`,
      actual: String(missing),
      pointer,
    }
  },
}
