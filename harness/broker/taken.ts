import { z } from 'zod'
import { BrokerError } from './broker-error.ts'
import { embedded, type Resource } from './hal.ts'

/** The error for what a broker said yes to and does not have. `refused`: it will not go better again. */
export const notTaken = (problem: string, refused = false): BrokerError =>
  new BrokerError(
    {
      problem,
      expected: 'that what was published can be read again from the broker',
      fix: 'publish again; if it stays so, look into the log of the broker',
    },
    { refused },
  )

const branches = embedded(
  z.looseObject({ branchVersions: z.array(z.looseObject({ name: z.string() })) }),
)

/** The branches of a version, as its resource names them. */
export const branchesOf = ({ value }: Resource): readonly string[] => {
  const parsed = branches.safeParse(value)
  return parsed.success ? parsed.data.branchVersions.map(({ name }) => name) : []
}
