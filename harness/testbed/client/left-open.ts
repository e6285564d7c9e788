import { AsyncLocalStorage } from 'node:async_hooks'
import type { ChildProcess } from 'node:child_process'
import { subscribe } from 'node:diagnostics_channel'
import { Socket, type Server } from 'node:net'
import { setTimeout as after } from 'node:timers/promises'

/** What a case's own code has open in the worker: state handlers, the fences of a guide. */
interface Opened {
  readonly servers: Set<Server>
  readonly children: Set<ChildProcess>
  readonly sockets: Set<Socket>
}

/** What closes by itself when the case is over needs a moment for it. */
const graceMilliseconds = 500
const pollMilliseconds = 20

const scope = new AsyncLocalStorage<Opened | undefined>()

const note = <Thing>(kind: (opened: Opened) => Set<Thing>, thing: Thing) => {
  const opened = scope.getStore()
  if (opened === undefined) return undefined
  kind(opened).add(thing)
  return () => void kind(opened).delete(thing)
}

let listening = false

/** Listens, once for this worker, to what is opened in it. Node tells of all but of connections. */
const listen = (): void => {
  if (listening) return
  listening = true
  subscribe('tracing:net.server.listen:asyncStart', (message) => {
    const { server } = message as { readonly server: Server }
    const forget = note(({ servers }) => servers, server)
    if (forget !== undefined) server.once('close', forget)
  })
  subscribe('child_process', (message) => {
    const { process: child } = message as { readonly process: ChildProcess }
    const forget = note(({ children }) => children, child)
    if (forget !== undefined) child.once('exit', forget).once('error', forget)
  })
  // Called below with the socket that it belongs to.
  // oxlint-disable-next-line typescript/unbound-method
  const { connect } = Socket.prototype
  Socket.prototype.connect = function connectInScope(this: Socket, ...parameters: unknown[]) {
    const forget = note(({ sockets }) => sockets, this)
    if (forget !== undefined) this.once('close', forget)
    return Reflect.apply(connect, this, parameters) as Socket
  }
}

/** One that keeps no process alive is in a pool, which closes it in its own time. */
const isHeld = (socket: Socket): boolean => {
  const { _handle: handle } = socket as { readonly _handle?: { hasRef?(): boolean } | null }
  return !socket.destroyed && handle?.hasRef?.() === true
}

const portOf = (server: Server): string => {
  const address = server.address()
  return typeof address === 'string' ? address : `port ${address?.port}`
}

const words = (opened: Opened, ownPorts: ReadonlySet<number>): readonly string[] => [
  ...[...opened.servers]
    .filter((server) => server.listening)
    .map((server) => `a server that listens on ${portOf(server)}`),
  ...[...opened.children]
    .filter(
      ({ pid, exitCode, signalCode }) =>
        pid !== undefined && exitCode === null && signalCode === null,
    )
    .map(
      ({ pid, spawnargs }) => `the child process ${pid}, which was ended: ${spawnargs.join(' ')}`,
    ),
  ...[...opened.sockets]
    .filter((socket) => isHeld(socket) && !ownPorts.has(socket.remotePort ?? 0))
    .flatMap(({ remoteAddress, remotePort }) =>
      remoteAddress === undefined ? [] : [`a connection to ${remoteAddress}:${remotePort}`],
    ),
]

/** A case's own code, and what it has open. */
export interface CaseScope {
  run<Value>(body: () => Value): Value
  /**
   * What it has left open, now that the case is over, in words: `a server that listens on port 8080`.
   * Connections to the given ports, which are its testbed's own, end with the testbed. Child
   * processes are ended, for they would outlive the worker; the rest is left alone, since code that
   * later cases use may need it.
   */
  leftOpen(ownPorts: ReadonlySet<number>): Promise<readonly string[]>
}

/**
 * Opens a scope for the code of one case. Cases run side by side in a worker, and each is told only of
 * what its own code opened.
 *
 * @example
 * const scope = openCaseScope()
 * await scope.run(() => handler(parameters, testbed))
 * await scope.leftOpen(new Set()) // ['a server that listens on port 8080']
 */
export const openCaseScope = (): CaseScope => {
  listen()
  const opened: Opened = { servers: new Set(), children: new Set(), sockets: new Set() }
  return {
    run: (body) => scope.run(opened, body),
    leftOpen: async (ownPorts) => {
      const deadline = performance.now() + graceMilliseconds
      while (words(opened, ownPorts).length > 0 && performance.now() < deadline)
        await after(pollMilliseconds)
      const left = words(opened, ownPorts)
      for (const child of opened.children) child.kill('SIGKILL')
      return left
    },
  }
}

/**
 * Runs what opens things for the whole worker and not for the case that happens to need them first.
 *
 * @example
 * const client = outsideOfCases(() => connectOwner(address))
 */
export const outsideOfCases = <Value>(body: () => Value): Value => scope.run(undefined, body)
