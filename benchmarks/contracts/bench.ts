import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { openCustody } from '../../harness/testbed/custody/open-custody.ts'
import { each, measure } from '../isolation/at-once.ts'
import { openBare, type Bare } from '../isolation/bare.ts'
import { writeProject } from '../isolation/project.ts'
import { contractOf } from './contract.ts'
import { firstResults } from './first-result.ts'
import { program } from './programs.ts'
import { proofbookRun, type ProofbookRun } from './proofbook-run.ts'

/**
 * What it costs to replay contracts: pact-core and pact-js on the whole file, unisolated, against
 * one provider that runs already; and Proofbook, which starts all it needs and isolates each
 * interaction, with `reset: 'database'` and `reset: 'process'`. The cost of one interaction is what
 * the large contract takes more than the small one, so that no start counts in it.
 */
const sizes = [1, 100, 1000] as const
const [, small, large] = sizes
const floorSample = 40

const wholeFile = async (tool: string, file: string, url: string): Promise<number> => {
  const child = spawn(
    process.execPath,
    ['--no-warnings', join(import.meta.dirname, 'whole-file.ts'), tool, file, url],
    {
      env: { PATH: process.env['PATH'] ?? '', PACT_DO_NOT_TRACK: 'true' },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  const printed = await text(child.stderr)
  const took = /^took ([\d.]+)$/m.exec(printed)?.[1]
  if (took === undefined) throw new Error(`${tool} failed:\n${printed}`)
  return Number(took)
}

const perInteraction = (times: ReadonlyMap<number, number>): number =>
  ((times.get(large) ?? 0) - (times.get(small) ?? 0)) / (large - small)

const show = (name: string, times: ReadonlyMap<number, number>): void => {
  const columns = sizes.map((size) => ((times.get(size) ?? 0) / 1000).toFixed(2).padStart(9))
  console.log(
    `${name.padEnd(34)}${columns.join('')}${perInteraction(times).toFixed(1).padStart(9)}`,
  )
}

const unisolated = async (
  tool: 'pact-core' | 'pact-js',
  root: string,
  bare: Bare,
): Promise<ReadonlyMap<number, number>> => {
  const provider = await bare.start(tool.replace('-', '_'))
  const times = new Map<number, number>()
  for (const size of sizes) {
    const file = join(root, `${size}.json`)
    await writeFile(file, contractOf(size))
    times.set(size, await wholeFile(tool, file, provider.url))
  }
  await provider.stop()
  show(`${tool}, whole file`, times)
  return times
}

const isolated = async (
  reset: 'database' | 'process',
  root: string,
): Promise<{
  readonly times: ReadonlyMap<number, number>
  readonly last: ProofbookRun
  readonly middle: ProofbookRun
}> => {
  const runs = new Map<number, ProofbookRun>()
  for (const size of sizes) runs.set(size, await proofbookRun(size, reset, root))
  const times = new Map([...runs].map(([size, { milliseconds }]) => [size, milliseconds]))
  show(`Proofbook, reset: '${reset}'`, times)
  const [middle, last] = [runs.get(small), runs.get(large)]
  if (middle === undefined || last === undefined) throw new Error('nothing was run')
  return { times, middle, last }
}

const root = await mkdtemp(join(tmpdir(), 'proofbook-bench-'))
const custody = await openCustody()
try {
  await writeProject(root)
  const cores = availableParallelism()
  console.log(
    `${cores} cores, load ${loadavg()[0]?.toFixed(1)}; seconds for ${sizes.join(', ')} interactions, and ms for one more`,
  )
  const bare = await openBare(custody, root, program)
  const core = await unisolated('pact-core', root, bare)
  await unisolated('pact-js', root, bare)
  const clones = await measure(floorSample, 1, (index) => bare.clone(`clone_${index}`))
  const floor = await measure(floorSample, cores, async (index) => {
    const provider = await bare.start(`floor_${index}`)
    await provider.stop()
  })
  await bare.close()
  console.log(
    `a bare clone ${each(clones).toFixed(1)} ms, clone and start ${each(floor).toFixed(1)} ms, ${cores} at once`,
  )
  const database = await isolated('database', root)
  const own = await isolated('process', root)
  const { cold, warm } = await firstResults(root)
  console.log(
    `memory of ${small} ${database.middle.megabytes.toFixed(0)} MB, of ${large} ${database.last.megabytes.toFixed(0)} MB`,
  )
  console.log(`first result, cold ${(cold / 1000).toFixed(2)} s; load ${loadavg()[0]?.toFixed(1)}`)
  const coreAndClone = perInteraction(core) + each(clones)
  console.log(
    `ratio reset: 'database' to pact-core and a clone ${(perInteraction(database.times) / coreAndClone).toFixed(2)} goal 1.5`,
  )
  console.log(
    `ratio reset: 'process' to clone and start ${(perInteraction(own.times) / each(floor)).toFixed(2)} goal 1.3`,
  )
  console.log(
    `ratio memory, ${large} to ${small} ${(database.last.megabytes / database.middle.megabytes).toFixed(2)} goal 1.1`,
  )
  console.log(`ratio s to the first result, warm ${(warm / 1000).toFixed(2)} goal 2`)
} finally {
  await custody.close()
  await rm(root, { recursive: true })
}
