import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import type { StateValues } from '../states.ts'
import type { StateRequest } from './run-states.ts'
import type { SaidMessage } from './said-message.ts'

/** What Pact needs from us while it verifies one slice. */
export interface Loopback extends AsyncDisposable {
  readonly contractUrl: string
  readonly statesUrl: string
  readonly messagesUrl: string
}

/** Who answers what Pact asks. `undefined` says that it failed. */
export interface LoopbackAnswers {
  readonly state: (request: StateRequest) => Promise<StateValues | undefined>
  readonly message?: (request: string) => Promise<SaidMessage | undefined>
}

/** Parameters of a state come from the contract, which is bounded: this only stops runaways. */
const bytesMax = 64 * 1024 * 1024

const stateRequest = z.looseObject({
  state: z.string().nullish(),
  action: z.enum(['setup', 'teardown']).nullish(),
  params: z.record(z.string(), z.unknown()).nullish(),
})

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength
    if (bytes > bytesMax) throw new RangeError('too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const send = (response: ServerResponse, status: number, json: string): void => {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(json)
}

const readState = async (request: IncomingMessage): Promise<StateRequest> => {
  const { state, action, params } = stateRequest.parse(JSON.parse(await bodyOf(request)))
  return { state: state ?? '', action: action ?? 'setup', parameters: params ?? {} }
}

const sendMessage = (response: ServerResponse, said: SaidMessage | undefined): void => {
  if (said === undefined) {
    response.writeHead(422).end()
    return
  }
  response
    .writeHead(200, {
      ...(said.contentType === undefined ? {} : { 'Content-Type': said.contentType }),
      ...(said.metadata === undefined ? {} : { 'Pact-Message-Metadata': said.metadata }),
    })
    .end(said.contents)
}

/**
 * Serves one slice, its provider states and its message to Pact, on loopback and under a path that
 * nobody can guess: a slice holds a credential, which so never touches the disk. A state that fails
 * is answered with 422, because Pact repeats the question for two minutes after a 5xx.
 *
 * @example
 * await using loopback = await openLoopback(slice, { state: async () => ({}) })
 */
export const openLoopback = async (slice: string, answers: LoopbackAnswers): Promise<Loopback> => {
  const secret = randomUUID()
  const contractPath = `/${secret}/contract.json`
  const statesPath = `/${secret}/states`
  const messagesPath = `/${secret}/_messages`
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.url === contractPath) send(response, 200, slice)
    else if (request.method === 'POST' && request.url === statesPath) {
      const values = await answers.state(await readState(request))
      send(response, values === undefined ? 422 : 200, JSON.stringify(values ?? {}))
    } else if (request.method === 'POST' && request.url === messagesPath) {
      sendMessage(response, await answers.message?.(await bodyOf(request)))
    } else send(response, 404, '{}')
  }
  const server = createServer((request, response) => {
    handle(request, response).catch(() => send(response, 400, '{}'))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve)
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    contractUrl: `${origin}${contractPath}`,
    statesUrl: `${origin}${statesPath}`,
    messagesUrl: `${origin}${messagesPath}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
