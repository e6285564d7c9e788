import { randomUUID } from 'node:crypto'
import type { AppliedFault } from '../fault-kind.ts'
import type { VariantWords } from '../named-variant.ts'
import type { WiremockAdmin } from './wiremock-admin.ts'

/** One thing that a stub can be made to do. */
export interface StubVariant<
  Variant extends { readonly does: string },
> extends VariantWords<Variant> {
  readonly does: Variant['does']
  put(admin: WiremockAdmin, variant: Variant): Promise<AppliedFault>
}

/** Above every mapping of a user's: WireMock's highest, and of two alike the newer counts. */
const topPriority = 1

/** Requests of the harness itself are no traffic of the provider's. */
const anyRequest = { method: 'ANY', urlPattern: '.*' } as const

/**
 * Puts mappings above all others; they are the fault, and have bitten when one of them has answered.
 *
 * @example
 * await putAbove(admin, [{ response: { status: 503 } }])
 */
export const putAbove = async (
  admin: WiremockAdmin,
  mappings: readonly Readonly<Record<string, unknown>>[],
): Promise<AppliedFault> => {
  const own = mappings.map((mapping) => ({
    request: anyRequest,
    ...mapping,
    id: randomUUID(),
    priority: topPriority,
  }))
  const ids = new Set(own.map(({ id }) => id))
  const since = Date.now()
  for (const mapping of own) await admin.put(mapping)
  return {
    firstBite: () => admin.firstAnswer(since, ids),
    lift: async () => {
      for (const id of ids) await admin.remove(id)
    },
  }
}
