import { attempt, type Laboratory, type Proof } from '../attempt.ts'
import type { Finding } from '../model/finding.ts'
import type { Acceptance } from '../model/acceptance.ts'
import { isExpired, isKnownAs, type KnownFinding } from '../model/known.ts'
import type { PlanSpecContext } from '../spec/plan/plan-spec.ts'
import type { Spec } from '../spec/types.ts'
import { knownCase, type KnownCase } from './known-case.ts'
import { closed, type Planned } from './register.ts'

/** What is known of a document: the cases that look for it, and whom it excuses. */
export interface Known {
  readonly cases: readonly Planned<unknown, unknown>[]
  /** Why a finding is accepted; `undefined` where it is not, or where what was accepted is fixed. */
  readonly accepted: NonNullable<Proof<unknown, unknown>['accepted']>
}

const acceptanceOf = ({ because, until }: KnownFinding): Acceptance => ({ because, until })

/**
 * Takes up the known findings of a document. Each is first looked for with the very request that was
 * accepted: only what that shows excuses a finding elsewhere. One whose last day is over excuses none.
 */
export const takeUp = (
  all: readonly KnownFinding[],
  spec: Spec,
  context: PlanSpecContext,
): Known => {
  const { integration } = context
  const own = all.filter((one) => one.integration === integration && one.spec === spec.file)
  const cases = own.map((known) => knownCase(known, spec, context))
  const shown = new Map<KnownCase, Promise<boolean>>()
  const isShown = (one: KnownCase, laboratory: Laboratory): Promise<boolean> => {
    if (one.testCase.ruling !== undefined) return Promise.resolve(false)
    const again =
      shown.get(one) ??
      attempt(one.testCase, one.proof, { ...laboratory, keep: false }, true).then(
        ({ attempt: { verdict }, findings }) => verdict === 'failed' && findings.length > 0,
      )
    shown.set(one, again)
    return again
  }
  const accepted = async (
    _: unknown,
    finding: Finding,
    laboratory: Laboratory,
  ): Promise<Acceptance | undefined> => {
    const one = cases.find(({ known }) => isKnownAs(known, integration, finding))
    if (one === undefined || isExpired(one.known, new Date())) return undefined
    return (await isShown(one, laboratory)) ? acceptanceOf(one.known) : undefined
  }
  return {
    accepted,
    cases: cases.map(({ known, testCase, proof }): Planned<unknown, unknown> => {
      const { code, subject, file, pointer, aspect } = known
      const acceptance = isExpired(known, new Date()) ? undefined : acceptanceOf(known)
      return {
        ...closed(testCase, { ...proof, accepted: () => Promise.resolve(acceptance) }),
        about: {
          accepted: {
            integration,
            code,
            subject,
            file,
            pointer,
            ...(aspect === undefined ? {} : { aspect }),
          },
        },
      }
    }),
  }
}
