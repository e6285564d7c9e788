import { randomUUID } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { openConnection, type Connection, type Target } from './connection.ts'
import { openGate } from './gate.ts'
import { checkToxic, type CheckedToxic } from './specification.ts'
import type { ToxicSpecification } from './toxic.ts'

/** What a link is made of. */
export interface LinkOptions {
  readonly name: string
  readonly target: Target
  /** The address to listen on; default `127.0.0.1`. The port is the system's choice. */
  readonly listen?: string
  /** Decides toxicity, jitter and slices: a number from 0 to below 1. Default `Math.random`. */
  readonly random?: () => number
}

/** A toxic that is in force on a link. */
export interface LiveToxic {
  readonly id: string
  readonly specification: ToxicSpecification
  /**
   * When it first changed what went over the link, in milliseconds since 1970; `undefined`: not
   * yet. For `down`: when it first closed a connection, or refused one (an attempt of our own, as
   * those of others cannot be seen).
   */
  firstBite(): number | undefined
  /** Takes it away, also from connections that exist. Throws `Blocked` if a port was lost. */
  remove(): Promise<void>
}

/** A link that listens. */
export interface LinkProxy extends AsyncDisposable {
  readonly name: string
  readonly host: string
  readonly port: number
  /** Puts a toxic on new and existing connections. Throws `UserError` for what no toxic takes. */
  add(specification: ToxicSpecification): LiveToxic
  /** Takes all toxics away. */
  reset(): Promise<void>
  /** Closes all connections; new ones are taken. Resolves when they are gone. */
  closeConnections(): Promise<void>
  /**
   * Ends all connections as seen by the client, and closes the target's side at once. Resolves when
   * the client has closed its end of each: no pool of it can hand one of them out any more. With
   * `in flight` only those on which the client waits for an answer.
   */
  dismissConnections(which?: 'all' | 'in flight'): Dismissal
  /** New connections are taken and wait; the returned function lets them through, and later ones. */
  hold(): () => void
  /** How many connections wait because of `hold`. */
  waiting(): number
  /** New connections lead there from now on. */
  retarget(target: Target): void
  /** How many connections exist. */
  connections(): number
  close(): Promise<void>
}

/** Connections that were ended, and that the client may not have noticed yet. */
interface Dismissal {
  /** How many of them the client still keeps open. */
  readonly left: () => number
  /** Resolves when none is left. */
  readonly gone: Promise<void>
}

interface AppliedToLink extends LiveToxic {
  readonly checked: CheckedToxic
  /** Takes it from one connection. */
  readonly removals: Map<Connection, () => Promise<void>>
  readonly bite: () => void
}

const allOf = async (all: readonly Promise<void>[]): Promise<void> => {
  await Promise.all(all)
}

/** Calls back when a connection to the address is refused. */
const whenRefused = (host: string, port: number, onRefused: () => void): void => {
  const probe = connect({ host, port })
  probe.on('error', onRefused)
  probe.on('connect', () => probe.destroy())
}

/**
 * Opens a link: a TCP proxy on which toxics can be put while connections are open. Names and
 * semantics are Toxiproxy's, except that a half-closed connection stays half-open, and a side that
 * is reset resets the other.
 *
 * @example
 * await using link = await openLink({ name: 'payments', target: { host: '127.0.0.1', port: 8080 } })
 * const slow = link.add({ type: 'latency', attributes: { latency: 200 } })
 * await slow.remove()
 */
export const openLink = async (options: LinkOptions): Promise<LinkProxy> => {
  const { name, listen = '127.0.0.1', random = Math.random } = options
  let { target } = options
  const connections = new Map<Connection, Promise<void>>()
  const live = new Set<AppliedToLink>()
  const held = new Set<Socket>()
  let holds = 0

  const putOn = (toxic: AppliedToLink, connection: Connection): void => {
    const { checked, bite, removals } = toxic
    if (random() >= checked.toxicity) return
    const { toxic: kind, stream, attributes } = checked
    const remove = connection.flows[stream].add({
      run: (flow) => kind.run(flow, attributes),
      bite,
      random,
      waitingBytesMax: kind.waitingBytesMax,
    })
    removals.set(connection, remove)
  }

  const onClient = (client: Socket): void => {
    if (holds > 0) {
      held.add(client)
      client.once('close', () => held.delete(client))
      return
    }
    for (const toxic of live) {
      if (toxic.checked.toxic.refuses !== true || random() >= toxic.checked.toxicity) continue
      toxic.bite()
      client.resetAndDestroy()
      return
    }
    const { promise, resolve } = Promise.withResolvers<void>()
    const connection = openConnection({
      client,
      target,
      onClosed: () => {
        connections.delete(connection)
        for (const { removals } of live) removals.delete(connection)
        resolve()
      },
    })
    connections.set(connection, promise)
    for (const toxic of live) if (toxic.checked.toxic.refuses !== true) putOn(toxic, connection)
  }

  const gate = await openGate(listen, onClient)
  const { host, port } = gate

  const shutsGate = ({ checked }: AppliedToLink): boolean =>
    checked.toxic.refuses === true && checked.toxicity === 1

  const add = (specification: ToxicSpecification): LiveToxic => {
    const checked = checkToxic(specification)
    let firstBite: number | undefined
    const toxic: AppliedToLink = {
      id: randomUUID(),
      specification,
      checked,
      removals: new Map(),
      bite: () => {
        firstBite ??= Date.now()
      },
      firstBite: () => firstBite,
      remove: async () => {
        if (!live.delete(toxic)) return
        const removals = [...toxic.removals.values()].map((remove) => remove())
        if (shutsGate(toxic) && ![...live].some(shutsGate)) removals.push(gate.open())
        await Promise.all(removals)
      },
    }
    live.add(toxic)
    if (shutsGate(toxic)) {
      gate.shut()
      whenRefused(host, port, toxic.bite)
    }
    for (const connection of connections.keys()) putOn(toxic, connection)
    return toxic
  }

  const reset = async (): Promise<void> => {
    await Promise.all([...live].map((toxic) => toxic.remove()))
  }

  const closeConnections = async (): Promise<void> => {
    const closed = [...connections.values()]
    for (const connection of connections.keys()) connection.cut()
    await Promise.all(closed)
  }

  const dismissConnections: LinkProxy['dismissConnections'] = (which = 'all') => {
    const dismissed = [...connections].filter(
      ([connection]) => which === 'all' || connection.inFlight(),
    )
    for (const [connection] of dismissed) connection.dismiss()
    return {
      left: () => dismissed.filter(([connection]) => connections.has(connection)).length,
      gone: allOf(dismissed.map(([, closed]) => closed)),
    }
  }

  const letThrough = (): void => {
    holds -= 1
    if (holds > 0) return
    for (const client of held) {
      held.delete(client)
      if (!client.destroyed) onClient(client)
    }
  }
  const hold = (): (() => void) => {
    let through = false
    holds += 1
    return () => {
      if (!through) letThrough()
      through = true
    }
  }

  const close = async (): Promise<void> => {
    await gate.close()
    for (const client of held) client.destroy()
    await closeConnections()
  }

  return {
    name,
    host,
    port,
    add,
    reset,
    closeConnections,
    dismissConnections,
    hold,
    waiting: () => held.size,
    retarget: (next) => {
      target = next
    },
    connections: () => connections.size,
    close,
    [Symbol.asyncDispose]: close,
  }
}
