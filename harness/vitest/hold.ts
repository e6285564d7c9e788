import type { Owner } from '../testbed/owner/owner.ts'
import type { TestbedDescription } from '../testbed/testbed.ts'

/** What a person needs to use a testbed: its addresses, and no secret of the user's. */
export const describeTestbed = (testbed: TestbedDescription): string =>
  [
    ` testbed ${testbed.id} of ${testbed.integration}`,
    `   export URL=${testbed.providerUrl}`,
    ...Object.entries(testbed.databases).map(([name, url]) => `   ${name.padEnd(12)} ${url}`),
    ...Object.entries(testbed.stubs).map(([name, url]) => `   ${name.padEnd(12)} ${url}`),
    `   made of      ${testbed.madeOf.join(', ')}`,
  ].join('\n')

/** Resolves at the first Ctrl-C or SIGTERM. */
export const interrupted = (): Promise<void> =>
  new Promise((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })

/** Prints the testbeds that red cases left open, and holds them until Ctrl-C. */
export const holdKept = async (owner: Owner): Promise<void> => {
  const kept = owner.kept()
  if (kept.length === 0) return
  process.stdout.write(`${kept.map(describeTestbed).join('\n')}\n Ctrl-C ends them.\n`)
  await interrupted()
}
