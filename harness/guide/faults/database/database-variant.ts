import type { Testbed } from '../../../testbed/testbed.ts'
import type { AppliedFault } from '../fault-kind.ts'
import type { VariantWords } from '../named-variant.ts'

/** One thing that can be done to a database. */
export interface DatabaseVariant<
  Variant extends { readonly does: string },
> extends VariantWords<Variant> {
  readonly does: Variant['does']
  put(testbed: Testbed, name: string, variant: Variant): Promise<AppliedFault>
}
