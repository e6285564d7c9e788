import { subjectOf, type Check, type JudgedAnswer } from './check.ts'

/** What any server may answer to a request that is not as HTTP or the document wants it. */
const generic: ReadonlySet<number> = new Set([405, 406, 411, 413, 414, 415, 417, 426, 429, 431])

/**
 * Whether a document speaks of what comes of a request that is not in order: then it has to name what
 * comes; a document that is silent about it may be.
 */
const isSilent = (status: number, { operation, planned }: JudgedAnswer): boolean => {
  const { intent } = planned
  if (status < 400 || status > 499 || intent === undefined || intent.kind === 'valid') return false
  if (intent.kind === 'setup' || intent.kind === 'odd' || generic.has(status)) return true
  if (intent.kind === 'stranger') return status === 401 || status === 403
  if (intent.kind === 'invalid' && intent.breach.part === 'malformed-body' && status === 400)
    return true
  return !operation.responses.some((response) => /^(400|422|4XX|default)$/.test(response.status))
}

/**
 * Whether HTTP itself says what comes of such a request: then the document leaves out what any client
 * has to expect, and the provider does right.
 */
const isToBeExpected = (status: number, { operation, planned }: JudgedAnswer): boolean => {
  if (generic.has(status)) return true
  if (status === 401 || status === 403) return operation.security.length > 0
  if (status === 404 || status === 410) return operation.path.includes('{')
  return planned.intent?.kind === 'invalid' && (status === 400 || status === 422)
}

/** Every status that comes must be documented, alone, in a range, or as `default`. */
export const statusUndocumented: Check = {
  code: 'status-undocumented',
  mootAfter: ['server-error', 'truncated-answer'],
  *check(judged) {
    const { operation, planned, answer, response } = judged
    if (answer === undefined || response !== undefined || planned.intent?.kind === 'method') return
    if (isSilent(answer.status, judged)) return
    const documented = operation.responses.map(({ status }) => status).join(', ')
    yield {
      summary: `${subjectOf(operation)} answered ${answer.status}, and the document says nothing of that status.`,
      expected: `one of ${documented}`,
      actual: String(answer.status),
      aspect: String(answer.status),
      ...(isToBeExpected(answer.status, judged) ? { class: 'document' } : {}),
      pointer: `${operation.pointer}/responses`,
    }
  },
}
