import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, get } from 'node:http'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { grounds } from '../../fixtures/providers/proving-ground.ts'
import { dredd, installPeers, specmatic } from './peers.ts'
import { proofbook } from './proofbook.ts'
import { startProvider } from './provider.ts'
import type { Said, Target, Tool } from './tool.ts'

/**
 * What Specmatic, Dredd and Proofbook find in the providers of the proving ground: each unbroken, and
 * with a sample of its faults, one at a time. A fault is found where something is called wrong that
 * was not so in the unbroken provider. Proofbook may ask, by `--budget`, for as many seconds as the
 * slower of the others took; starting and ending come on top. Its providers are fresh processes for each
 * case, several at once: what a bare client gets of one warm process is the other end of the scale.
 *
 *     npm run bench specs                             all providers, 4 faults of each
 *     npm run bench specs library -- --mutants 10     one provider, 10 of its faults
 */
const { values, positionals } = parseArgs({
  args: process.argv.slice(3),
  allowPositionals: true,
  options: { mutants: { type: 'string', default: '4' } },
})

/** At equal steps through the list, so that easy and hard ones are among them. */
const sampleOf = (mutants: readonly string[], count: number): readonly string[] =>
  mutants.filter(
    (_, index) =>
      Math.floor((index * count) / mutants.length) !==
      Math.floor(((index - 1) * count) / mutants.length),
  )

interface Score {
  found: number
  tried: number
  falseAlarms: number
  requests: number
  seconds: number
  readonly rates: number[]
}

const bareRequests = 3000

/** Requests a second of a client that keeps one connection open and does nothing else. */
const bareRate = async (target: Target): Promise<number> => {
  using provider = await startProvider(target)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const ask = (): Promise<void> =>
    new Promise((resolve, reject) => {
      get(`${provider.url}/`, { agent }, (response) => {
        response.resume().on('end', resolve)
      }).on('error', reject)
    })
  const warmUp = 200
  for (let index = 0; index < warmUp; index += 1) await ask()
  const started = performance.now()
  for (let index = 0; index < bareRequests; index += 1) await ask()
  agent.destroy()
  return bareRequests / ((performance.now() - started) / 1000)
}

const shown = ({ requests, seconds, rate, unable }: Said): string =>
  unable === undefined
    ? `${requests} requests, ${seconds.toFixed(1)} s${rate === undefined ? '' : `, ${rate.toFixed(0)} a second while asking`}`
    : `cannot: ${unable.replaceAll(/\s+/g, ' ')}`

const scores = new Map<string, Score>()
const scoreOf = ({ name }: Tool): Score => {
  const known = scores.get(name) ?? {
    found: 0,
    tried: 0,
    falseAlarms: 0,
    requests: 0,
    seconds: 0,
    rates: [],
  }
  scores.set(name, known)
  return known
}

const tryAll = async (
  tool: Tool,
  target: Target,
  mutants: readonly string[],
  secondsMax: number | undefined,
): Promise<number> => {
  const score = scoreOf(tool)
  const count = (said: Said): void => {
    score.requests += said.requests
    score.seconds += said.seconds
    if (said.rate !== undefined) score.rates.push(said.rate)
  }
  const unbroken = await tool.try(target, secondsMax)
  count(unbroken)
  // What a tool says of the same provider on another day of luck is no fault of a mutant.
  const again =
    tool.isSeeded || unbroken.unable !== undefined ? [] : [await tool.try(target, secondsMax)]
  const usual = new Set([unbroken, ...again].flatMap(({ alarms }) => [...alarms]))
  score.falseAlarms += unbroken.alarms.size
  console.log(
    ` ${tool.name.padEnd(10)} ${target.name.padEnd(10)} unbroken: ${unbroken.alarms.size} false alarms; ${shown(unbroken)}`,
  )
  for (const mutant of mutants) {
    score.tried += 1
    // Who cannot judge the provider at all finds nothing in its mutants.
    if (unbroken.unable !== undefined) continue
    const said = await tool.try({ ...target, mutant }, secondsMax)
    count(said)
    const fresh = [...said.alarms].filter((alarm) => !usual.has(alarm))
    if (fresh.length > 0) score.found += 1
    console.log(
      ` ${tool.name.padEnd(10)} ${target.name.padEnd(10)} ${mutant}: ${fresh[0] === undefined ? 'not found' : `found (${fresh[0].slice(0, 80)})`}; ${shown(said)}`,
    )
  }
  return unbroken.unable === undefined ? unbroken.seconds : 0
}

const folder = await mkdtemp(join(tmpdir(), 'proofbook-specs-'))
try {
  const peers = await installPeers()
  const tools = [specmatic(peers), dredd(peers)]
  console.log(`${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}`)
  const bare: number[] = []
  for (const [name, ground] of Object.entries(grounds)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue
    const target: Target = { name, ground, folder }
    const mutants = sampleOf(Object.keys(ground.mutants), Number(values.mutants))
    let longest = 0
    for (const tool of tools)
      longest = Math.max(longest, await tryAll(tool, target, mutants, undefined))
    await tryAll(proofbook, target, mutants, longest === 0 ? undefined : longest)
    bare.push(await bareRate(target))
  }
  const mean = (all: readonly number[]): number =>
    all.reduce((sum, one) => sum + one, 0) / Math.max(1, all.length)
  console.log('\n tool        faults found  false alarms  requests  seconds')
  for (const [name, { found, tried, falseAlarms, requests, seconds }] of scores) {
    const columns = [`${found} of ${tried}`, falseAlarms, requests, seconds.toFixed(0)]
    const [faults = '', alarms = '', asked = '', took = ''] = columns.map(String)
    console.log(
      ` ${name.padEnd(10)}  ${faults.padStart(12)}  ${alarms.padStart(12)}  ${asked.padStart(8)}  ${took.padStart(7)}`,
    )
  }
  const own = scoreOf(proofbook)
  const best = Math.max(...tools.map((tool) => scoreOf(tool).found))
  console.log(
    ` ${mean(own.rates).toFixed(0)} requests a second while asking, a bare client ${mean(bare).toFixed(0)}; load ${loadavg()[0]?.toFixed(1)}`,
  )
  console.log(
    `ratio faults to those of the better peer ${(own.found / Math.max(1, best)).toFixed(1)} goal 3`,
  )
  console.log(
    `ratio requests a second to a bare client's ${(mean(own.rates) / mean(bare)).toFixed(2)} goal 0.5`,
  )
} finally {
  await rm(folder, { recursive: true })
}
