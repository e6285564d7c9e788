import { openContainers, type Containers } from '../containers/containers.ts'
import type { OpenCustody } from '../custody/open-custody.ts'
import { askEngine } from '../engine/ask-engine.ts'
import { describeEngine, type Engine } from '../engine/engine.ts'
import { findEngine } from '../engine/find-engine.ts'
import { temporaryCustody } from './temporary-custody.ts'

/** The engine of this machine. Throws where none answers: a test that needs one does not pass then. */
export const engineForTest = async (): Promise<Engine> => {
  const search = await findEngine(process.env)
  if ('address' in search) return describeEngine(search, process.env)
  throw new Error(`no container engine answers: ${search.reasons.join('; ')}`)
}

/** A run of a test's own, with containers. */
export interface TestHarbour extends AsyncDisposable {
  readonly custody: OpenCustody
  readonly containers: Containers
  readonly engine: Engine
}

/**
 * Opens containers for a test, apart from the runs of this machine. Nothing is ever pulled.
 *
 * @example
 * await using harbour = await openHarbour()
 */
export const openHarbour = async (
  root = process.cwd(),
  engine?: Engine,
  PATH = process.env['PATH'] ?? '',
): Promise<TestHarbour> => {
  const custody = await temporaryCustody()
  const used = engine ?? (await engineForTest())
  const environment = { PATH, HOME: process.env['HOME'] ?? '/' }
  const containers = await openContainers(custody, {
    root,
    engine: used,
    environment,
    mayPull: false,
  })
  return {
    custody,
    containers,
    engine: used,
    [Symbol.asyncDispose]: () => custody[Symbol.asyncDispose](),
  }
}

/** What there is on the engine, as many lines as things: containers that are made by us, networks. */
export const onEngine = async ({ address }: Engine, runId?: string): Promise<readonly string[]> => {
  const label = runId === undefined ? 'proofbook.run' : `proofbook.run=${runId}`
  const filters = JSON.stringify({ label: [label] })
  const [containers, networks] = await Promise.all([
    askEngine(address, { path: '/containers/json', query: { all: 'true', filters } }),
    askEngine(address, { path: '/networks' }),
  ])
  const names = (JSON.parse(networks.text) as { readonly Name: string }[]).map(({ Name }) => Name)
  const found = JSON.parse(containers.text) as { readonly Image: string; readonly Id: string }[]
  return [
    ...found.map(({ Image, Id }) => `container ${Image} ${Id.slice(0, 12)}`),
    ...names.filter((name) => !['bridge', 'host', 'none'].includes(name)),
  ]
}
