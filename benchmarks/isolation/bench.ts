import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { openCustody } from '../../harness/testbed/custody/open-custody.ts'
import { connectOwner, leaseTestbed, type OwnerClient } from '../../harness/testbed/lease.ts'
import { measure, quantile, type Measured } from './at-once.ts'
import { openBare } from './bare.ts'
import { measureMemory } from './memory.ts'
import { writeProject } from './project.ts'

/**
 * What isolation costs: the same cases, each of which waits 20 ms for its provider, (a) on one
 * provider and one database for all, (b) on testbeds whose database is swapped, (c) on testbeds with
 * a process each, (d) on a container each, and (e) the floor of (c): a clone and a start, bare. One
 * worker; the owner is a process of its own, as in a run. All in one run, on the same machine.
 */
const cases = 200
const concurrencies = [1, 4] as const
const tmpfs = 0x01021994

const ask = async (url: string): Promise<void> => {
  const answer = await fetch(`${url}/work`)
  const text = await answer.text()
  if (!answer.ok) throw new Error(text)
}

const milliseconds = (value: number): string => value.toFixed(1).padStart(8)

const show = (name: string, { times, total }: Measured): void => {
  const [median, p95] = [quantile(times, 0.5), quantile(times, 0.95)]
  console.log(
    `${name.padEnd(34)}${milliseconds(total / times.length)}${milliseconds(median)}${milliseconds(p95)}${(total / 1000).toFixed(2).padStart(9)}`,
  )
}

const onTestbeds = async (
  client: OwnerClient,
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

const inOneRun = async <Result>(
  root: string,
  work: (client: OwnerClient, pid: number) => Promise<Result>,
): Promise<Result> => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'owner.ts'), root], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  const client = await connectOwner(JSON.parse(line))
  try {
    const first = await leaseTestbed(client, { integration: 'first', caseId: 'first' })
    await first[Symbol.asyncDispose]()
    return await work(client, child.pid ?? 0)
  } finally {
    client.close()
    const exited = once(child, 'exit')
    child.stdin.end()
    await exited
  }
}

const peakMegabytes = async (pid: number): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024
}

const ratios: string[] = []
const ratio = (name: string, value: number, goal: string): void => {
  ratios.push(`ratio ${name} ${value.toFixed(2)} goal ${goal}`)
}

const root = await mkdtemp(join(tmpdir(), 'proofbook-bench-'))
const custody = await openCustody()
try {
  await writeProject(root)
  const { type } = await statfs(custody.folder)
  console.log(`data on ${type === tmpfs ? 'tmpfs' : 'disk'}, ${cases} cases of 20 ms, one worker`)
  console.log(`${'ms a case'.padStart(42)}  median     p95  seconds`)

  const bare = await openBare(custody, root)
  const floors: Measured[] = []
  for (const atOnce of [1, 2, 3, 4]) {
    const floor = await measure(48, atOnce, async (index) => {
      const provider = await bare.start(`bare_${atOnce}_${index}`)
      await provider.stop()
    })
    show(`(e) clone and start, ${atOnce} at once`, floor)
    floors.push(floor)
  }
  const floor = Math.min(...floors.map(({ times, total }) => total / times.length))

  for (const atOnce of concurrencies) {
    const none = await measure(1, 1, async () => {
      const provider = await bare.start(`none_${atOnce}`)
      const all = await measure(cases, atOnce, () => ask(provider.url))
      show(`(a) no isolation, ${atOnce} at once`, all)
      floors.push(all)
      await provider.stop()
    })
    const a = floors.at(-1)?.total ?? none.total
    const [b, c, owner] = await inOneRun(root, async (client, pid) => [
      await onTestbeds(client, 'database', cases, atOnce),
      await onTestbeds(client, 'process', cases, atOnce),
      await peakMegabytes(pid),
    ])
    show(`(b) reset: 'database', ${atOnce} at once`, b)
    show(`(c) reset: 'process', ${atOnce} at once`, c)
    console.log(`owner: at most ${owner.toFixed(0)} MB`)
    ratio(`database/none, ${atOnce} at once`, b.total / a, '1.25')
    ratio(`process/floor, ${atOnce} at once`, c.total / cases / floor, '1.3')
  }
  await bare.close()
  console.log("(d) a container for each case: not asked, the 'containers' runtime measures it")

  for (const integration of ['database', 'process']) {
    const [once, twice] = await inOneRun(root, async (client) => [
      await onTestbeds(client, integration, cases, 4),
      await onTestbeds(client, integration, 2 * cases, 4),
    ])
    ratio(`twice the cases, reset ${integration}`, twice.total / once.total, '2.1')
  }
  const { empty, full } = await measureMemory(cases)
  console.log(`memory: an empty run ${empty.toFixed(0)} MB, with ${cases} cases ${full.toFixed(0)} MB`)
  ratio('megabytes above an empty run', full - empty, '150')
  for (const line of ratios) console.log(line)
} finally {
  await custody.close()
  await rm(root, { recursive: true })
}
