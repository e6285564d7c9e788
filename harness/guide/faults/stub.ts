import type { AppliedFault, FaultKind } from './fault-kind.ts'
import { parseVariant } from './named-variant.ts'
import { stubAnswers, type StubAnswers } from './stub/answers.ts'
import { putBrokenAnswer, stubBrokenAnswers, type StubBrokenAnswer } from './stub/broken-answer.ts'
import { stubSlow, type StubSlow } from './stub/slow.ts'
import { wiremockAdmin, type WiremockAdmin } from './stub/wiremock-admin.ts'
import { stubWrongSchema, type StubWrongSchema } from './stub/wrong-schema.ts'

type Variant = StubAnswers | StubSlow | StubBrokenAnswer | StubWrongSchema

/** What an upstream answers while it is broken. */
export interface StubFault {
  readonly kind: 'stub'
  readonly name: string
  readonly variant: Variant
}

const variants = [stubAnswers, stubSlow, ...stubBrokenAnswers, stubWrongSchema] as const

const put = (admin: WiremockAdmin, variant: Variant): Promise<AppliedFault> => {
  switch (variant.does) {
    case 'answers':
      return stubAnswers.put(admin, variant)
    case 'slow':
      return stubSlow.put(admin, variant)
    case 'broken-answer':
      return putBrokenAnswer(admin, variant)
    default:
      return stubWrongSchema.put(admin, variant)
  }
}

/** ``stub `NAME`, …``: another answer of a stub. */
export const stubFault: FaultKind<StubFault> = {
  kind: 'stub',
  words: variants.map(({ words }) => `stub \`NAME\`, ${words}`),
  runtimes: 'wherever the dependency is a stub of the testbed',
  parse: (text) => {
    const parsed = parseVariant<Variant>('stub', text, variants)
    return 'problem' in parsed ? parsed : { fault: { kind: 'stub', ...parsed.fault } }
  },
  put: (testbed, { name, variant }) => put(wiremockAdmin(testbed.stub(name).url), variant),
}
