import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json, text } from 'node:stream/consumers'
import { EnvironmentGone } from '../../model/user-error.ts'
import type { Made, Told, Visit, VisitAddress } from './visit.ts'

/** Where workers find a visit. */
export interface VisitServer {
  readonly address: VisitAddress
  close(): Promise<void>
}

const calls: Readonly<Record<string, (visit: Visit, given: unknown) => Promise<void>>> = {
  turn: (visit) => visit.turn(),
  told: (visit, given) => visit.told(given as Told),
  made: (visit, given) => visit.made(given as Made),
  cleanUp: (visit, given) => visit.cleanUp(given as string),
  steady: (visit) => visit.steady(),
}

/** What is answered to a call that cannot be followed, as another status would be. */
const goneStatus = 410

/** Serves a visit to the workers of the run, on a socket that only this user may open. */
export const serveVisit = async (visit: Visit): Promise<VisitServer> => {
  // mkdtemp makes a folder that only its owner may enter.
  const folder = await mkdtemp(join(tmpdir(), 'proofbook-visit-'))
  const socket = join(folder, 'socket')
  const token = randomBytes(24).toString('base64url')
  const server = createServer((incoming, response) => {
    const call = calls[incoming.url?.slice(1) ?? '']
    if (incoming.headers['x-token'] !== token || call === undefined) {
      response.writeHead(404).end()
      return
    }
    void json(incoming)
      .then((given) => call(visit, given))
      .then(() => response.writeHead(204).end())
      .catch((error: unknown) => {
        const isGone = error instanceof EnvironmentGone
        response.writeHead(isGone ? goneStatus : 500)
        response.end(isGone ? JSON.stringify([error.url, error.reason]) : String(error))
      })
  })
  server.listen(socket)
  await once(server, 'listening')
  return {
    address: { socket, token },
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A visit as a worker sees it. Throws what the main process throws. */
export const visitAt = ({ socket, token }: VisitAddress): Visit => {
  const call = async (name: string, given: unknown = null): Promise<void> => {
    const message = httpRequest({
      socketPath: socket,
      path: `/${name}`,
      method: 'POST',
      headers: { 'x-token': token },
      agent: false,
    })
    message.end(JSON.stringify(given))
    const [response] = (await once(message, 'response')) as [IncomingMessage]
    const said = await text(response)
    if (response.statusCode === goneStatus) {
      const [url, reason] = JSON.parse(said) as [string, string]
      throw new EnvironmentGone(url, reason)
    }
    if (response.statusCode !== 204) throw new Error(`The visit answered: ${said}`)
  }
  return {
    turn: () => call('turn'),
    told: (told) => call('told', told),
    made: (made) => call('made', made),
    cleanUp: (caseId) => call('cleanUp', caseId),
    steady: () => call('steady'),
  }
}
