import { setTimeout as after } from 'node:timers/promises'
import type { EngineAddress } from './address.ts'
import { askEngine, engineFailure, engineMessage } from './ask-engine.ts'

/** The label that every container of a run carries. */
export const runLabel = 'proofbook.run'

const withinMilliseconds = 10_000

/** The engine may still be making a container that was asked for before its owner died. */
const againMilliseconds = 300

const listOf = async (address: EngineAddress, runId: string): Promise<readonly string[]> => {
  const filters = JSON.stringify({ label: [`${runLabel}=${runId}`] })
  const query = { all: 'true', filters }
  const answer = await askEngine(address, { path: '/containers/json', query, withinMilliseconds })
  if (answer.status !== 200) throw new Error(engineMessage(answer))
  return (JSON.parse(answer.text) as readonly { readonly Id: string }[]).map(({ Id }) => Id)
}

/**
 * Ends and removes one container with its volumes. One that is gone, or going, is no error.
 *
 * Rejects where the engine does not answer or refuses.
 */
export const removeContainer = async (address: EngineAddress, id: string): Promise<void> => {
  const answer = await askEngine(address, {
    method: 'DELETE',
    path: `/containers/${encodeURIComponent(id)}`,
    query: { force: 'true', v: 'true' },
    withinMilliseconds,
  })
  if (answer.status < 300 || answer.status === 404) return
  const message = engineMessage(answer)
  if (answer.status !== 409 || !message.includes('already in progress')) throw new Error(message)
}

/** What came of removing a run's containers. */
export interface Removal {
  readonly removed: number
  /** Why some may be left; absent where none is. */
  readonly problem?: string
}

/**
 * Removes all containers of a run, by their label, and looks again until there are none. Never
 * rejects.
 *
 * @example
 * await removeContainersOf({ socketPath: '/run/docker.sock' }, '4711-1a2b3c4d') // { removed: 2 }
 */
export const removeContainersOf = async (
  address: EngineAddress,
  runId: string,
): Promise<Removal> => {
  const deadline = performance.now() + withinMilliseconds
  const seen = new Set<string>()
  let problem: string | undefined
  for (let empty = 0; empty < 2;)
    try {
      const ids = await listOf(address, runId)
      empty = ids.length === 0 ? empty + 1 : 0
      for (const id of ids) seen.add(id)
      await Promise.all(ids.map((id) => removeContainer(address, id)))
      problem = undefined
      if (empty === 1) await after(againMilliseconds)
    } catch (error) {
      problem = engineFailure(error)
      if (performance.now() >= deadline) return { removed: seen.size, problem }
      await after(againMilliseconds)
    }
  return { removed: seen.size }
}
