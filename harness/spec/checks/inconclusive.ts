import type { SpecCode } from '../codes.ts'
import { subjectOf, type FindingParts, type JudgedAnswer } from './check.ts'

/** A rule about all answers of a case together. */
export interface CaseCheck {
  readonly code: SpecCode
  /** `null` where the rule holds. */
  check(answers: readonly JudgedAnswer[], context: CaseContext): FindingParts | null
}

/** What is known of the case besides its answers. */
interface CaseContext {
  readonly isCredentialLacking: boolean
}

const isSuccess = (status: number): boolean => status >= 200 && status < 400

const adviceFor = (
  statuses: readonly number[],
  answers: readonly JudgedAnswer[],
  context: CaseContext,
): string => {
  const [first] = answers
  const ids = (first?.operation.parameters ?? []).filter((parameter) => parameter.in === 'path')
  const example = ids[0] === undefined ? 'name' : ids[0].name
  if (context.isCredentialLacking)
    return 'give a credential: `credentials` in the config, or --credential'
  if (statuses.some((status) => status === 401 || status === 403)) {
    return 'give a credential that is let in here, with the scopes that the document asks for: `credentials` in the config, or --credential'
  }
  if (statuses.includes(404) || statuses.includes(410)) {
    return ids.length > 0
      ? `name something that exists: an example in the document, or --example ${example}=…`
      : 'is the base path right? See "servers" in the document'
  }
  if (statuses.includes(415) || statuses.includes(406))
    return 'correct the media types in the document'
  return 'add an example to the document that the provider accepts in the state it starts with'
}

/**
 * An operation that was asked must reach a documented success at least once: else nothing that
 * matters was looked at, and green would be a lie. Operations that document no success are exempt.
 */
export const inconclusive: CaseCheck = {
  code: 'inconclusive',
  check(answers, context) {
    const [first] = answers
    if (first === undefined) return null
    const { operation } = first
    const hasSuccess = operation.responses.some(({ status }) => /^([23]|default)/.test(status))
    if (!hasSuccess) return null
    const statuses = answers.flatMap(({ answer }) => (answer === undefined ? [] : [answer.status]))
    if (
      answers.some(
        ({ answer, response }) =>
          answer !== undefined && response !== undefined && isSuccess(answer.status),
      )
    )
      return null
    const tried = answers.map(
      ({ planned, answer }) =>
        `${planned.name}${planned.credentials.length === 0 ? ' without credential' : ` as ${planned.credentials.join(' and ')}`}: ${answer?.status ?? 'no answer'}`,
    )
    return {
      summary: `${subjectOf(operation)} was asked ${answers.length === 1 ? 'once' : `${answers.length} times`} and never reached a documented success. To mend that, ${adviceFor(statuses, answers, context)}.`,
      expected: `one of ${operation.responses
        .map(({ status }) => status)
        .filter((status) => /^([23]|default)/.test(status))
        .join(', ')}`,
      actual: tried.join('; '),
      pointer: operation.pointer,
    }
  },
}
