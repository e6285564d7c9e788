import { setTimeout as after } from 'node:timers/promises'
import type { Exit } from '../custody.ts'
import type { EngineAddress } from '../engine/address.ts'
import { askEngine } from '../engine/ask-engine.ts'

const againMilliseconds = 200
const withinMilliseconds = 5000

/** How long an engine may be away before what ran on it counts as lost. */
const awayMilliseconds = 30_000

const unknown: Exit = { code: null, signal: null }

interface State {
  readonly Running?: boolean
  readonly Status?: string
  readonly ExitCode?: number
}

/** What became of it, or `undefined` while it runs. Throws where the engine does not answer. */
const lookAt = async (address: EngineAddress, id: string): Promise<Exit | undefined> => {
  const path = `/containers/${id}/json`
  const { status, text } = await askEngine(address, { path, withinMilliseconds })
  if (status === 404) return unknown
  const { State = {} } = JSON.parse(text) as { readonly State?: State }
  if (State.Running === true || State.Status === 'created') return undefined
  return { code: State.ExitCode ?? null, signal: null }
}

const exitIn = (text: string): Exit => {
  const { StatusCode } = JSON.parse(text) as { readonly StatusCode?: number }
  return { code: StatusCode ?? null, signal: null }
}

/**
 * Resolves when a container has ended, never rejects. Asked for before it is started. An engine that
 * breaks off was perhaps restarted: what became of the container is asked when it is back.
 */
export const awaitExit = async (address: EngineAddress, id: string): Promise<Exit> => {
  let lastAnswer = performance.now()
  // One that is not started yet is not running either; one that is asked for again may have ended.
  for (let condition = 'next-exit'; ; condition = 'not-running') {
    try {
      const { status, text } = await askEngine(address, {
        method: 'POST',
        path: `/containers/${id}/wait`,
        query: { condition },
      })
      if (status === 200) return exitIn(text)
      if (status === 404) return unknown
    } catch {
      // It is looked at below.
    }
    try {
      const exit = await lookAt(address, id)
      if (exit !== undefined) return exit
      lastAnswer = performance.now()
    } catch {
      if (performance.now() - lastAnswer > awayMilliseconds) return unknown
    }
    await after(againMilliseconds, undefined, { ref: false })
  }
}
