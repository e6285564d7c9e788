import { subjectOf, type Check, type JudgedAnswer } from './check.ts'

const documents = ({ operation }: JudgedAnswer, status: number): boolean =>
  operation.responses.some((response) =>
    [String(status), '4XX', 'default'].includes(response.status),
  )

const isRefusal = (status: number): boolean => status === 401 || status === 403

/**
 * 401 asks for a credential, 403 says that the one that came is not enough (RFC 9110, 15.5.2 and
 * 15.5.4; RFC 6750, 3.1): clients renew a token after the one and give up after the other. Only where
 * the document lists the right one, and only where it is certain which that is.
 */
export const credentialStatus: Check = {
  code: 'credential-status',
  mootAfter: ['credential-ignored'],
  *check(judged) {
    const { operation, planned, answer } = judged
    const { intent } = planned
    if (answer === undefined || intent?.kind !== 'stranger') return
    const isCertain = ['nobody', 'rejected', 'scopes'].includes(intent.who)
    if (!isCertain || !isRefusal(answer.status) || answer.status === intent.status) return
    if (!documents(judged, intent.status)) return
    yield {
      summary: `${subjectOf(operation)} answered ${answer.status} to a request ${intent.words}.`,
      expected:
        intent.status === 401
          ? '401, which asks for a credential'
          : `${intent.status}, as this one is known`,
      actual: String(answer.status),
      pointer: operation.pointer,
    }
  },
}
