import { loadConfig } from '../config/load.ts'
import { nearest } from '../model/nearest.ts'
import { UserError } from '../model/user-error.ts'
import { connectOwner, leaseTestbed } from '../testbed/lease.ts'
import { startOwner } from '../testbed/owner/owner.ts'
import { describeTestbed, interrupted } from '../vitest/hold.ts'

const chosen = (wanted: string | undefined, known: readonly string[]): string => {
  const [first] = known
  const name = wanted ?? first
  if (name !== undefined && known.includes(name)) return name
  const meant = nearest(wanted ?? '', known)
  throw new UserError({
    problem: `there is no integration "${wanted ?? ''}"`,
    expected: `one of ${known.join(', ')}`,
    ...(meant === undefined ? {} : { fix: `--integration ${meant}` }),
  })
}

/** `proofbook up`: one testbed, open until Ctrl-C. */
export const up = async (options: { readonly integration?: string }): Promise<void> => {
  const { root, config } = await loadConfig(process.cwd())
  const integration = chosen(options.integration, Object.keys(config.integrations))
  const end = interrupted()
  const owner = await startOwner({ root, config })
  try {
    const client = await connectOwner(owner.address)
    await using testbed = await leaseTestbed(client, { integration, caseId: 'up' })
    process.stdout.write(`${describeTestbed(testbed.description)}\n Ctrl-C ends it.\n`)
    await end
  } finally {
    await owner.close()
  }
}
