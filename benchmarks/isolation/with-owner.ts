import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { connectOwner, leaseTestbed, type OwnerClient } from '../../harness/testbed/lease.ts'
import { measure, type Measured } from './at-once.ts'

/** An owner in a process of its own, whose server and template are there already. */
export interface RunningOwner {
  readonly client: OwnerClient
  /** The most memory that its process ever had. */
  peakMegabytes(): Promise<number>
}

/** What a case does: it waits 20 ms for its provider. */
export const ask = async (url: string): Promise<void> => {
  const answer = await fetch(`${url}/work`)
  const text = await answer.text()
  if (!answer.ok) throw new Error(text)
}

/** Runs cases, each on a testbed of its own. */
export const onTestbeds = async (
  { client }: RunningOwner,
  integration: string,
  count: number,
  atOnce: number,
): Promise<Measured> => {
  await client.call('expect', { integration, count })
  return measure(count, atOnce, async (index) => {
    await using testbed = await leaseTestbed(client, { integration, caseId: `${index}` })
    await ask(testbed.description.providerUrl)
  })
}

/** Starts an owner, does the work with it, and ends it. */
export const withOwner = async <Result>(
  root: string,
  work: (owner: RunningOwner) => Promise<Result>,
): Promise<Result> => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'owner.ts'), root], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  const client = await connectOwner(JSON.parse(line))
  try {
    const first = await leaseTestbed(client, { integration: 'first', caseId: 'first' })
    await first[Symbol.asyncDispose]()
    return await work({
      client,
      peakMegabytes: async () => {
        const status = await readFile(`/proc/${child.pid}/status`, 'utf8')
        return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024
      },
    })
  } finally {
    client.close()
    child.stdin.end()
    await exited
  }
}
