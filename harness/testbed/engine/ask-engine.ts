import { readFile } from 'node:fs/promises'
import { request as overHttp, type RequestOptions } from 'node:http'
import { request as overHttps } from 'node:https'
import { join } from 'node:path'
import type { EngineAddress } from './address.ts'

/*
 * The few questions that are asked past Testcontainers: whether an engine is there at all, and what
 * the reaper needs, which must stay small and work when nothing else does.
 */

/** One question to an engine, in the terms of its HTTP API. */
export interface EngineQuestion {
  readonly method?: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  /** Absent: it may take for ever, as a wait for the end of a container does. */
  readonly withinMilliseconds?: number
  readonly signal?: AbortSignal
}

/** What an engine answered. */
export interface EngineAnswer {
  readonly status: number
  readonly text: string
}

/** Answers are lists and descriptions; one that is longer is no engine's. */
const answerLengthMax = 32 * 1024 * 1024

const target = async (address: EngineAddress): Promise<RequestOptions> => {
  if ('socketPath' in address) return { socketPath: address.socketPath }
  const { host, port, certificates } = address
  if (certificates === undefined) return { host, port }
  const [ca, cert, key] = await Promise.all(
    ['ca.pem', 'cert.pem', 'key.pem'].map((name) => readFile(join(certificates, name))),
  )
  return { host, port, ca, cert, key } as RequestOptions
}

const isOverTls = (address: EngineAddress): boolean =>
  'certificates' in address && address.certificates !== undefined

const boundsOf = ({ withinMilliseconds, signal }: EngineQuestion): AbortSignal | undefined => {
  const all = [
    ...(withinMilliseconds === undefined ? [] : [AbortSignal.timeout(withinMilliseconds)]),
    ...(signal === undefined ? [] : [signal]),
  ]
  return all.length === 0 ? undefined : AbortSignal.any(all)
}

/**
 * Asks an engine one thing, whatever it answers. Rejects where it does not answer in time or at all.
 *
 * @example
 * const { status } = await askEngine({ socketPath: '/run/docker.sock' }, { path: '/_ping', withinMilliseconds: 2000 })
 */
export const askEngine = async (
  address: EngineAddress,
  question: EngineQuestion,
): Promise<EngineAnswer> => {
  const { method = 'GET', path, query = {} } = question
  const search = new URLSearchParams(query).toString()
  const signal = boundsOf(question)
  const options: RequestOptions = {
    ...(await target(address)),
    method,
    path: search === '' ? path : `${path}?${search}`,
    agent: false,
    headers: { host: 'engine', 'content-length': 0 },
    ...(signal === undefined ? {} : { signal }),
  }
  const { promise, resolve, reject } = Promise.withResolvers<EngineAnswer>()
  const sent = (isOverTls(address) ? overHttps : overHttp)(options, (answer) => {
    let text = ''
    answer.setEncoding('utf8')
    answer.on('data', (chunk: string) => {
      if (text.length < answerLengthMax) text += chunk
    })
    answer.once('end', () => resolve({ status: answer.statusCode ?? 0, text }))
    answer.once('error', reject)
    answer.once('aborted', () => reject(new Error('the engine broke off its answer')))
  })
  sent.once('error', reject)
  // A wait for the end of a container is no reason to live.
  if (question.withinMilliseconds === undefined)
    sent.once('socket', (socket) => {
      socket.unref()
    })
  sent.end()
  return promise
}

/** The `message` of an engine's refusal, or the whole answer. */
export const engineMessage = ({ text }: EngineAnswer): string => {
  try {
    const { message } = JSON.parse(text) as { readonly message?: unknown }
    return typeof message === 'string' ? message : text
  } catch {
    return text
  }
}

/** What went wrong between us and an engine, in a word or two. */
export const engineFailure = (error: unknown): string => {
  const { code, name, message } = error as NodeJS.ErrnoException
  if (name === 'TimeoutError' || name === 'AbortError') return 'it did not answer in time'
  if (code === 'ENOENT') return 'there is no such socket'
  if (code === 'ECONNREFUSED') return 'nobody listens there'
  if (code === 'EACCES') return 'it may not be opened by this user'
  return message ?? String(error)
}
