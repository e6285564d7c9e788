import { mkdtemp, rm, statfs } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { chooseRuntime } from '../../harness/testbed/owner/choose-runtime.ts'
import { openTestcontainers } from '../../harness/testbed/containers/testcontainers.ts'
import { openCustody } from '../../harness/testbed/custody/open-custody.ts'
import { each, measure, quantile, together, type Measured } from './at-once.ts'
import { openBare, type Bare } from './bare.ts'
import { measureMemory } from './memory.ts'
import { containerEach } from './container-each.ts'
import { writeProject } from './project.ts'
import { ask, onTestbeds, withOwner } from './with-owner.ts'

/**
 * What isolation costs: the same cases, each of which waits 20 ms for its provider, (a) on one
 * provider and one database for all, (b) on testbeds whose database is swapped, (c) on testbeds with
 * a process each, (d) on a container each, and (e) the floor of (c): a clone and a start, bare. One
 * worker; the owner is a process of its own, as in a run.
 *
 * All variants take turns, a part of the cases at a time, so that a busy moment of the machine meets
 * all of them; a ratio is the median of those of the turns.
 */
const cases = 200
const turns = 5
const perTurn = cases / turns
const startsPerTurn = 20
const containersSample = 10
const tmpfs = 0x01021994

const show = (name: string, measured: Measured): void => {
  const { times, total } = measured
  const columns = [each(measured), quantile(times, 0.5), quantile(times, 0.95)]
  const shown = columns.map((value) => value.toFixed(1).padStart(9)).join('')
  console.log(`${name.padEnd(34)}${shown}${(total / 1000).toFixed(2).padStart(9)}`)
}

const ratios: string[] = []
const ratio = (name: string, values: readonly number[], goal: string): void => {
  ratios.push(`ratio ${name} ${quantile(values, 0.5).toFixed(2)} goal ${goal}`)
}

const against = (ours: readonly Measured[] = [], theirs: readonly Measured[] = []) =>
  ours.flatMap((one, turn) => {
    const other = theirs[turn]
    return other === undefined ? [] : [each(one) / each(other)]
  })

const isolation = async (bare: Bare, root: string, atOnce: number): Promise<void> => {
  const [none, database, own, floor]: Measured[][] = [[], [], [], []]
  const shared = await bare.start(`shared_${atOnce}`)
  const megabytes = await withOwner(root, async (owner) => {
    for (let turn = 0; turn < turns; turn += 1) {
      none?.push(await measure(perTurn, atOnce, () => ask(shared.url)))
      database?.push(await onTestbeds(owner, 'database', perTurn, atOnce))
      own?.push(await onTestbeds(owner, 'process', perTurn, atOnce))
      const name = (index: number): string => `bare_${atOnce}_${turn}_${index}`
      floor?.push(
        await measure(startsPerTurn, availableParallelism(), async (index) => {
          await (await bare.start(name(index))).stop()
        }),
      )
    }
    return owner.peakMegabytes()
  })
  await shared.stop()
  const at = `${atOnce} at once`
  show(`(a) no isolation, ${at}`, together(none ?? []))
  show(`(b) reset: 'database', ${at}`, together(database ?? []))
  show(`(c) reset: 'process', ${at}`, together(own ?? []))
  show(`(e) clone and start, bare, ${availableParallelism()} at once`, together(floor ?? []))
  console.log(`    the owner took ${megabytes.toFixed(0)} MB at most`)
  ratio(`(b) to (a), ${at}`, against(database, none), '1.25')
  ratio(`(c) to (e), ${at}`, against(own, floor), '1.3')
}

const growth = async (root: string, reset: 'database' | 'process'): Promise<void> => {
  const values = await withOwner(root, async (owner) => {
    const all: number[] = []
    for (let turn = 0; turn < turns; turn += 1) {
      const half = await onTestbeds(owner, reset, perTurn, 1)
      const whole = await onTestbeds(owner, reset, 2 * perTurn, 1)
      all.push(whole.total / half.total)
    }
    return all
  })
  ratio(`twice the cases, reset: '${reset}'`, values, '2.1')
}

/** (d) beside (c), one after the other, where an engine answers. */
const containers = async (root: string): Promise<void> => {
  const { runtime } = await chooseRuntime('auto', process.env)
  if (runtime.kind !== 'containers') {
    console.log(`(d) a container for each case: not asked (${runtime.reason})`)
    return
  }
  await openTestcontainers(runtime.engine)
  const theirs = await containerEach(root, containersSample)
  const ours = await withOwner(root, (owner) => onTestbeds(owner, 'process', containersSample, 1))
  show('(d) a container each, 1 at once', theirs)
  show(`(c) reset: 'process', 1 at once`, ours)
  ratio('(d) to (c), 1 at once', [each(theirs) / each(ours)], '20')
}

const root = await mkdtemp(join(tmpdir(), 'proofbook-bench-'))
const custody = await openCustody()
try {
  await writeProject(root)
  const { type } = await statfs(custody.folder)
  console.log(
    `${cases} cases of 20 ms, one worker, data on ${type === tmpfs ? 'tmpfs' : 'disk'}, ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}`,
  )
  console.log(`${'ms a case'.padStart(43)}   median      p95  seconds`)
  const bare = await openBare(custody, root)
  for (const atOnce of [1, 2, 4]) await isolation(bare, root, atOnce)
  await containers(root)
  await bare.close()

  for (const reset of ['database', 'process'] as const) await growth(root, reset)

  const { empty, full } = await measureMemory(cases)
  console.log(
    `memory of an empty run ${empty.toFixed(0)} MB, of ${cases} cases ${full.toFixed(0)} MB`,
  )
  ratio('MB above an empty run', [full - empty], '150')
  console.log(`load ${loadavg()[0]?.toFixed(1)}`)
  for (const line of ratios) console.log(line)
} finally {
  await custody.close()
  await rm(root, { recursive: true })
}
