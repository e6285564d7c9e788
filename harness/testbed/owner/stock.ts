import { availableParallelism } from 'node:os'
import type { ValidConfig } from '../../config/schema.ts'
import { Blocked } from '../../model/user-error.ts'
import type { Background } from './background.ts'
import type { Culprits } from './culprits.ts'
import { makeTestbed, type LiveTestbed } from './make-testbed.ts'
import type { TestbedRequest, Workshop } from './workshop.ts'

/** Which testbed a case needs. */
interface Order extends Omit<TestbedRequest, 'id'> {
  /** How a person knows the case that asks. */
  readonly caseLabel: string
  /** Its provider must have served no case before. */
  readonly untouched: boolean
}

/** Testbeds that nobody has at the moment: ready, being made, or being made fresh again. */
export interface Stock {
  /** One from the shelf where there is one that fits, else a new one. Throws as `makeTestbed` does. */
  take(order: Order): Promise<LiveTestbed>
  /**
   * Takes one back, in the background: made fresh for another case, or closed. `dirty`: something
   * unexpected happened in it. Resolves when a place for another testbed is free.
   */
  giveBack(testbed: LiveTestbed, dirty: boolean): Promise<void>
  /** One that is out is kept by somebody and will not be given back. */
  lose(): void
  /** Closes one for good. */
  close(testbed: LiveTestbed): Promise<void>
  /** Makes as many ahead as are wanted by now. */
  replenish(): void
  /** Closes what nobody will want. */
  clear(): void
}

/** How much there may be. */
export interface StockOptions {
  readonly config: ValidConfig
  readonly workshop: Workshop
  /** How many are out at the most. */
  readonly atOnce: number
  /** How many are made ahead at the most, beside those. */
  readonly ahead: number
  /** How many cases of an integration are still to come. */
  readonly wanted: (integration: string) => number
  readonly background: Background
  readonly culprits: Culprits
  /** Aborted when the run ends. */
  readonly ended: AbortSignal
  readonly onError: (error: Error) => void
}

interface Shelved {
  readonly integration: string
  readonly coming: Promise<LiveTestbed>
  readonly untouched: boolean
  ready: boolean
}

const cores = availableParallelism()

const untilAborted = <Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> => {
  if (signal.aborted) return Promise.reject(signal.reason as Error)
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error)
    signal.addEventListener('abort', onAbort, { once: true })
    void promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}

/**
 * Opens an empty stock. Nothing is made before the first case asks: only a start that went well shows
 * that others are worth making, and how the integration's testbeds are reset.
 */
export const openStock = (options: StockOptions): Stock => {
  const { config, workshop, atOnce, ahead, wanted, background, culprits, ended, onError } = options
  const { resets } = workshop
  const shelf = new Set<Shelved>()
  /** Integrations of which one could be made, and none failed since. */
  const proven = new Set<string>()
  /** The id that each was made under, which its processes carry, and the cases that had it since. */
  const histories = new Map<LiveTestbed, { readonly id: string; readonly cases: string[] }>()
  let count = 0
  let out = 0
  let closings = 0

  const newId = (integration: string): string => {
    count += 1
    return `${integration.toLowerCase()}-${count}`
  }

  const make = async (request: Omit<TestbedRequest, 'id'>): Promise<LiveTestbed> => {
    const { integration } = request
    const id = newId(integration)
    try {
      const testbed = await makeTestbed({ ...request, id }, workshop)
      histories.set(testbed, { id, cases: [] })
      if (Object.keys(request.changes).length === 0) proven.add(integration)
      return testbed
    } catch (error) {
      if (Object.keys(request.changes).length === 0) proven.delete(integration)
      throw error
    }
  }

  const close = async (testbed: LiveTestbed): Promise<void> => {
    for (const error of await testbed.close()) onError(error)
    const history = histories.get(testbed)
    histories.delete(testbed)
    if (history !== undefined) culprits.closed(history.id, history.cases)
  }

  const put = (integration: string, coming: Promise<LiveTestbed>, untouched: boolean): void => {
    const entry: Shelved = { integration, coming, untouched, ready: false }
    shelf.add(entry)
    const settled = async (): Promise<void> => {
      try {
        await coming
        entry.ready = true
      } catch {
        // Whoever needs one makes it then, and is told what is wrong.
        shelf.delete(entry)
      }
    }
    background.add(settled())
  }

  const discard = (entry: Shelved): void => {
    shelf.delete(entry)
    background.add(entry.coming.then(close, () => {}))
  }

  const shelved = (integration: string): readonly Shelved[] =>
    [...shelf].filter((entry) => entry.integration === integration)

  /** What stands on the shelf of others must not be in the way of whom a case waits for. */
  const makeRoom = (integration: string): void => {
    const others = [...shelf].filter((entry) => entry.integration !== integration)
    if (others.length < shelf.size) return
    let over = out + 1 + shelf.size - atOnce - ahead
    for (const entry of others) {
      if (over <= 0) return
      discard(entry)
      over -= 1
    }
  }

  const fromShelf = async (order: Order): Promise<LiveTestbed | undefined> => {
    if (Object.keys(order.changes).length > 0) return undefined
    for (;;) {
      const fitting = shelved(order.integration).filter(
        ({ untouched }) => untouched || !order.untouched,
      )
      const entry = fitting.find(({ ready }) => ready) ?? fitting[0]
      if (entry === undefined) return undefined
      shelf.delete(entry)
      try {
        const testbed = await untilAborted(entry.coming, order.signal)
        if (testbed.failure() === undefined && testbed.running()) return testbed
        background.add(close(testbed))
      } catch (error) {
        if (!order.signal.aborted) continue
        if (!ended.aborted) shelf.add(entry)
        else discard(entry)
        throw error
      }
    }
  }

  const renew = async (testbed: LiveTestbed, integration: string): Promise<LiveTestbed> => {
    try {
      await testbed.renew(newId(integration), ended)
      return testbed
    } catch (error) {
      const whole = testbed.failure() === undefined
      await close(testbed)
      if (whole && error instanceof Blocked && !ended.aborted) resets.giveUp(integration, error)
      throw error
    }
  }

  /** Places that no case takes, for want of workers, are good for making more ahead. */
  const roomAhead = (): number => {
    const unused = atOnce + ahead - out - closings
    return Math.min(unused, ahead === 0 ? 0 : Math.max(ahead, cores))
  }

  const replenish = (): void => {
    for (const [integration, one] of Object.entries(config.integrations)) {
      if (!proven.has(integration)) continue
      while (
        !ended.aborted &&
        shelf.size < roomAhead() &&
        shelved(integration).length < wanted(integration)
      )
        put(integration, make({ integration, config: one, changes: {}, signal: ended }), true)
    }
  }

  const closeInBackground = async (testbed: LiveTestbed): Promise<void> => {
    closings += 1
    const closing = close(testbed).finally(() => {
      closings -= 1
      replenish()
    })
    background.add(closing)
    const full = shelf.size === 0 && out + closings >= atOnce + ahead
    if (full || closings > Math.max(1, ahead)) await closing
  }

  return {
    take: async (order) => {
      makeRoom(order.integration)
      out += 1
      try {
        const testbed = (await fromShelf(order)) ?? (await make(order))
        histories.get(testbed)?.cases.push(order.caseLabel)
        return testbed
      } catch (error) {
        out -= 1
        throw error
      } finally {
        replenish()
      }
    },
    giveBack: async (testbed, dirty) => {
      out -= 1
      const { integration } = testbed.description
      const one = config.integrations[integration]
      const again =
        !dirty &&
        !ended.aborted &&
        one !== undefined &&
        resets.of(integration, one) === 'database' &&
        testbed.renewable() &&
        shelf.size < atOnce + ahead
      if (again) put(integration, renew(testbed, integration), false)
      else await closeInBackground(testbed)
      replenish()
    },
    lose: () => {
      out -= 1
    },
    close,
    replenish,
    clear: () => {
      for (const entry of shelf) discard(entry)
    },
  }
}
