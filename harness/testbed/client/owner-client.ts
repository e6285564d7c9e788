import { once } from 'node:events'
import { connect } from 'node:net'
import { Blocked } from '../../model/user-error.ts'
import { onLines, sendLine } from '../owner/json-lines.ts'
import type {
  Answer,
  Greeting,
  OwnerAddress,
  OwnerMethod,
  OwnerMethods,
} from '../owner/protocol.ts'
import { fromWireError } from '../owner/wire-error.ts'

/** A worker's connection to the owner. What it leases is given back when it ends, however it ends. */
export interface OwnerClient {
  /** Throws what the owner throws; `Blocked` where the owner is gone. */
  call<Name extends OwnerMethod>(
    method: Name,
    params: OwnerMethods[Name]['params'],
  ): Promise<OwnerMethods[Name]['result']>
  close(): void
}

interface Pending {
  readonly resolve: (result: unknown) => void
  readonly reject: (error: Error) => void
}

const gone = (): Blocked =>
  new Blocked({
    problem:
      'The owner of the testbeds is gone: the run has ended, or its main process was killed.',
    fix: 'start the run again',
  })

/**
 * Connects to the owner of a run. The connection does not keep a process alive while nothing is
 * asked.
 *
 * Throws `Blocked` where no owner listens there.
 *
 * @example
 * const client = await connectOwner(address)
 * const lines = await client.call('log', { testbed: 'orders-1' })
 */
export const connectOwner = async ({ path, token }: OwnerAddress): Promise<OwnerClient> => {
  const socket = connect(path)
  const pending = new Map<number, Pending>()
  let last = 0
  await once(socket, 'connect').catch(() => {
    throw gone()
  })

  const settle = (message: unknown): void => {
    const answer = message as Answer
    const call = pending.get(answer.id)
    pending.delete(answer.id)
    if (pending.size === 0) socket.unref()
    if (call === undefined) return
    if ('error' in answer) call.reject(fromWireError(answer.error))
    else call.resolve(answer.result)
  }
  onLines(socket, settle)
  socket.on('error', () => {})
  socket.once('close', () => {
    for (const { reject } of pending.values()) reject(gone())
    pending.clear()
  })
  sendLine(socket, { token } satisfies Greeting)
  socket.unref()

  return {
    call: <Name extends OwnerMethod>(method: Name, params: OwnerMethods[Name]['params']) =>
      new Promise<OwnerMethods[Name]['result']>((resolve, reject) => {
        if (!socket.writable) {
          reject(gone())
          return
        }
        last += 1
        pending.set(last, { resolve: resolve as (result: unknown) => void, reject })
        socket.ref()
        sendLine(socket, { id: last, method, params })
      }),
    close: () => {
      socket.destroy()
    },
  }
}
