import { caseId } from '../model/case-id.ts'
import type { CaseKind, TestCase } from '../model/test-case.ts'
import { UserError } from '../model/user-error.ts'
import type { Planned } from './register.ts'
import type { FileKind } from './roots.ts'

const kinds = {
  contract: 'interaction',
  spec: 'operation',
  guide: 'claim',
} as const satisfies Record<FileKind, CaseKind>

const neverAsked = (): never => {
  throw new Error('a case with a ruling is never put to a provider')
}

/**
 * The red case that stands for a file which cannot be used at all: its message is the whole of what
 * is wrong with it. Errors that are not the user's are thrown on.
 */
export const problemCase = (
  kind: FileKind,
  file: string,
  error: unknown,
): Planned<undefined, never> => {
  if (!(error instanceof UserError)) throw error
  const { place } = error.parts
  const testCase: TestCase<undefined> = {
    id: caseId(file, 'can be used'),
    kind: kinds[kind],
    integration: '',
    group: [file],
    name: 'can be used',
    place: place !== undefined && 'line' in place ? place : { file, line: 1 },
    detail: undefined,
    ruling: { verdict: 'failed', reason: error.message },
  }
  return { testCase, proof: { replay: neverAsked, judge: neverAsked } }
}
